import type { JobCounts, SweepView } from "../api.js";
import { h, KeyedList, setAttribute, setText, show } from "../dom.js";
import { count, duration, figure } from "../format.js";
import { card } from "../parts.js";

type Part = { readonly name: string; readonly kind: string; readonly of: (counts: JobCounts) => number };

const PARTS: readonly Part[] = [
  { name: "completed", kind: "is-completed", of: counts => counts.completed },
  { name: "running", kind: "is-running", of: counts => counts.running },
  { name: "stopped early", kind: "is-stopped", of: counts => counts.stopped_early + counts.stopped },
  { name: "diverged", kind: "is-diverged", of: counts => counts.diverged },
  { name: "failed", kind: "is-failed", of: counts => counts.failed },
  { name: "skipped", kind: "is-skipped", of: counts => counts.skipped },
  { name: "waiting", kind: "is-waiting", of: counts => counts.waiting + counts.ready },
];

/** How many jobs ended, how, and what it has cost. */
export class ProgressSection {
  private readonly trials = new Bar("Trials");
  private readonly tests = new Bar("Range tests");
  private readonly figures = new Map<string, HTMLElement>();
  readonly element: HTMLElement;

  constructor() {
    const list = h("dl", { class: "figures" }, ...["active for", "left", "epochs spent", "running now"].map(name => {
      const value = h("dd");
      this.figures.set(name, value);
      return h("div", {}, h("dt", {}, name), value);
    }));
    this.element = card("Progress", {}, this.trials.element, this.tests.element, list);
  }

  update(view: SweepView): void {
    this.trials.update(view.counts);
    this.tests.update(view.range_tests);
    this.say("active for", duration(view.active_seconds));
    this.say("left", view.status === "running" ? duration(view.seconds_left) : "–");
    this.say("epochs spent", figure(view.epochs_spent, 1));
    this.say("running now", count(view.running.length));
  }

  private say(name: string, text: string): void {
    const value = this.figures.get(name);
    if (value !== undefined) {
      setText(value, text);
    }
  }
}

class Bar {
  private readonly words = h("strong");
  private readonly bar = h("div", { class: "progress", "aria-hidden": "true" });
  private readonly keys = h("ul", { class: "keys" });
  private readonly segments: readonly HTMLElement[];
  private readonly list: KeyedList<readonly [Part, number]>;
  readonly element: HTMLElement;

  constructor(private readonly title: string) {
    this.segments = PARTS.map(part => h("span", { class: part.kind }));
    this.bar.append(...this.segments);
    this.list = new KeyedList<readonly [Part, number]>(
      this.keys, ([part]) => part.name, ([part]) => h("li", {}, h("span", { class: `swatch ${part.kind}` }), h("span")),
      (element, [part, number]) => setText(element.lastElementChild ?? element, `${count(number)} ${part.name}`),
    );
    this.element = h("div", {}, this.words, this.bar, this.keys);
    this.element.style.marginBottom = "1rem";
  }

  update(counts: JobCounts): void {
    show(this.element, counts.total > 0);
    const parts = PARTS.map(part => [part, part.of(counts)] as const);
    const ended = counts.total - counts.waiting - counts.ready - counts.running;
    setText(this.words, `${this.title}: ${count(ended)} of ${count(counts.total)}`);
    parts.forEach(([, number], index) => {
      const segment = this.segments[index];
      if (segment !== undefined) {
        segment.style.width = `${counts.total === 0 ? 0 : 100 * number / counts.total}%`;
        setAttribute(segment, "hidden", number === 0);
      }
    });
    this.list.update(parts.filter(([, number]) => number > 0));
  }
}
