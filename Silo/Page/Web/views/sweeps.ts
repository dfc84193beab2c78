import type { SweepSummary } from "../api.js";
import { h, KeyedList, setAttribute, setText, show } from "../dom.js";
import { moment, percent, things } from "../format.js";
import { get, Refused } from "../http.js";
import { commandLine } from "../parts.js";
import { links } from "../router.js";
import { command } from "../session.js";
import { mendPill, pill, sweepState } from "../states.js";
import type { Frame, View } from "../view.js";

const EVERY = 3_000;

/** The list of sweeps, newest first. */
export class SweepsView implements View {
  readonly element: HTMLElement;
  readonly title = "Sweeps";
  private readonly body = h("tbody");
  private readonly rows: KeyedList<SweepSummary>;
  private readonly table: HTMLElement;
  private readonly none: HTMLElement;
  private readonly words = h("p", { class: "soft" }, "Reading …");
  private readonly stop = new AbortController();
  private timer = 0;

  constructor(private readonly frame: Frame) {
    this.rows = new KeyedList(this.body, sweep => sweep.name, row, mend);
    this.table = h(
      "div", { class: "scroll card", hidden: true, role: "region", tabindex: 0, "aria-label": "Sweeps" },
      h(
        "table", { class: "sweeps" },
        h("thead", {}, h("tr", {}, ...["name", "state", "progress", "best accuracy", "model", "data", "started"].map((head, index) => h("th", { scope: "col", class: index === 3 ? "number" : null }, head)))),
        this.body,
      ),
    );
    this.none = h("div", { class: "card", hidden: true }, h("p", {}, "No sweep yet. One starts with"), commandLine(() => command("run", "examples/quickstart.yaml")));
    this.element = h("div", {}, h("div", { class: "head" }, h("h1", {}, "Sweeps"), this.words), this.table, this.none);
    void this.read();
  }

  close(): void {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    try {
      const sweeps = await get<SweepSummary[]>("sweeps", this.stop.signal);
      this.frame.connection("connected");
      this.rows.update(sweeps);
      show(this.table, sweeps.length > 0);
      show(this.none, sweeps.length === 0);
      const running = sweeps.filter(sweep => sweep.status === "running" && !sweep.interrupted).length;
      setText(this.words, `${things(sweeps.length, "sweep")}, ${running === 0 ? "none" : String(running)} running`);
    } catch (problem) {
      if (this.stop.signal.aborted) {
        return;
      }
      if (problem instanceof Refused && problem.status === 401) {
        return;
      }
      this.frame.connection("lost");
      setText(this.words, problem instanceof Error ? problem.message : String(problem));
    }
    this.timer = setTimeout(() => void this.read(), EVERY);
  }
}

function row(sweep: SweepSummary): HTMLElement {
  return h(
    "tr", {},
    h("th", { scope: "row" }, h("a", { href: links.sweep(sweep.name) }, sweep.name)),
    h("td", {}, pill("")),
    h("td", {}, h("div", {}), h("span", { class: "meter", "aria-hidden": "true" }, h("span"))),
    h("td", { class: "number" }),
    h("td"),
    h("td"),
    h("td"),
  );
}

function mend(element: HTMLElement, sweep: SweepSummary): void {
  const [, state, progress, best, model, data, started] = [...element.children];
  mendPill(state?.firstElementChild ?? element, sweepState(sweep));
  const [words, meter] = [...(progress?.children ?? [])];
  if (words !== undefined && meter instanceof HTMLElement && meter.firstElementChild instanceof HTMLElement) {
    setText(words, sweep.trials === 0 ? "range tests only" : `${sweep.ended} of ${things(sweep.trials, "trial")}`);
    meter.firstElementChild.style.width = `${sweep.trials === 0 ? 0 : 100 * sweep.ended / sweep.trials}%`;
  }
  const texts: readonly (readonly [Element | undefined, string])[] = [
    [best, percent(sweep.best_accuracy)], [model, sweep.model], [data, sweep.data_set], [started, moment(sweep.created_at)],
  ];
  texts.forEach(([cell, text]) => cell !== undefined && setText(cell, text));
  setAttribute(element, "data-sweep", sweep.name);
}
