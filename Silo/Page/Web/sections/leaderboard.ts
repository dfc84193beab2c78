import type { LeaderboardRow, SweepView } from "../api.js";
import { errorBar, mendErrorBar, type BarScale } from "../charts/bars.js";
import { h, KeyedList, setAttribute, setChildren, setText, show } from "../dom.js";
import { duration, figure, percentWithDeviation, rate, things, words } from "../format.js";
import { card } from "../parts.js";
import { links, MOST_COMPARED } from "../router.js";
import { scoreWord } from "../score.js";
import { trialName } from "../trials.js";

const SHOWN_AT_FIRST = 10;

// So many rows always set the scale of the bars; of a longer table the worse half may leave it.
const ROWS_ON_SCALE = 8;

interface Ranked {
  readonly row: LeaderboardRow;
  readonly view: SweepView;
  readonly scale: BarScale;
  readonly several: boolean;
}

/** Configurations by rank, with error bars. */
export class LeaderboardSection {
  private readonly body = h("tbody");
  private readonly epochs = h("th", { scope: "col", class: "number" }, "epochs");
  private readonly caption = h("caption");
  private readonly table: HTMLElement;
  private readonly none = h("p", { class: "empty" }, "No trial has ended with a score.");
  private readonly all = h("button", { type: "button", hidden: true, click: () => this.toggle() });
  private readonly compare = h("a", { class: "button" }, "Compare the best");
  private readonly score = h("th", { scope: "col", class: "number" });
  private readonly rows: KeyedList<Ranked>;
  private rest: readonly LeaderboardRow[] | null = null;
  private view: SweepView | null = null;
  private ranked = 0;
  readonly element: HTMLElement;

  /** @param readAll Reads every row: the stream carries the first few. */
  constructor(private readonly sweep: string, private readonly readAll: () => Promise<readonly LeaderboardRow[]>) {
    this.rows = new KeyedList<Ranked>(this.body, entry => entry.row.trials.join(), entry => this.make(entry), mend);
    const heads = ["#", "max LR", "batch", "weight decay", "dropout", "", "", "± over seeds", "test", "n", "time", "trials"];
    this.table = h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Leaderboard" }, h(
      "table", {}, this.caption,
      h("thead", {}, h("tr", {}, ...heads.map((head, index) => (index === 5 ? this.epochs : index === 6 ? this.score : h("th", { scope: "col", class: [0, 7, 11].includes(index) ? null : "number" }, head))))),
      this.body,
    ));
    this.element = card("Leaderboard", {}, this.none, this.table, h("p", { class: "links" }, this.compare, this.all));
  }

  update(view: SweepView, ranked: number): void {
    this.view = view;
    this.ranked = Math.max(ranked, view.leaders.length);
    this.draw();
  }

  private draw(): void {
    const view = this.view;
    if (view === null) {
      return;
    }
    const known = this.rest ?? view.leaders;
    const shown = this.rest === null ? known.slice(0, SHOWN_AT_FIRST) : known;
    show(this.table, shown.length > 0);
    show(this.none, shown.length === 0);
    show(this.compare, shown.length > 1);
    setAttribute(this.compare, "href", links.compare(this.sweep, shown.slice(0, Math.min(5, MOST_COMPARED)).flatMap(row => (row.trials[0] === undefined ? [] : [trialName(row.trials[0])]))));
    setText(this.score, scoreWord());
    const several = shown.some(row => row.epochs !== null);
    show(this.epochs, several);
    setText(this.caption, `Configurations by mean ${view.select_by} ${view.own_objective ?? words(view.objective)}${view.objective === view.score ? "" : `; columns and bars are ${scoreWord() === "accuracy" ? "accuracies" : scoreWord()}`}. ± is the standard deviation over n seeds; the bars show it on one scale.`);
    const scale = scaleOf(shown, view);
    this.rows.update(shown.map(row => ({ row, view, scale, several })));
    show(this.all, this.ranked > SHOWN_AT_FIRST);
    setText(this.all, this.rest === null ? `Show all ${things(this.ranked, "configuration")}` : `Show the best ${SHOWN_AT_FIRST}`);
  }

  private toggle(): void {
    if (this.rest !== null) {
      this.rest = null;
      this.draw();
      return;
    }
    this.readAll().then(rows => {
      this.rest = rows;
      this.draw();
    }, (problem: unknown) => setText(this.all, problem instanceof Error ? problem.message : String(problem)));
  }

  private make(entry: Ranked): HTMLElement {
    const { configuration: at } = entry.row;
    const number = (text: string): HTMLElement => h("td", { class: "number" }, text);
    return h(
      "tr", {},
      h("th", { scope: "row", class: "number" }), number(rate(at.max_learning_rate)), number(String(at.batch_size)), number(rate(at.weight_decay)), number(rate(at.dropout)),
      number(figure(entry.row.line_epochs ?? entry.row.epochs, 1)), number(""), h("td", {}, errorBar()), number(""), number(""), number(""),
      h("td"),
    );
  }
}

function mend(element: HTMLElement, { row, view, scale, several }: Ranked): void {
  const cells = [...element.children];
  const set = (index: number, text: string): void => {
    const cell = cells[index];
    if (cell !== undefined) {
      setText(cell, text);
    }
  };
  const { mean, deviation } = judged(row, view);
  element.classList.toggle("best", row.rank === 1);
  set(0, row.rank === 1 ? "1 ★" : String(row.rank));
  setAttribute(cells[5] ?? element, "hidden", !several);
  set(6, percentWithDeviation(mean, deviation));
  set(8, percentWithDeviation(row.test_accuracy, row.test_deviation));
  set(9, String(row.replicates));
  set(10, duration(row.seconds));
  const bar = cells[7]?.firstElementChild;
  if (bar !== null && bar !== undefined) {
    mendErrorBar(bar, scale, mean, deviation);
  }
  const names = row.trials.map(trialName);
  const trials = cells[11];
  if (trials !== undefined && trials.textContent !== names.join(" ")) {
    setChildren(trials, ...names.slice(0, 4).flatMap((name, index) => [...(index > 0 ? [" "] : []), h("a", { href: links.job(view.name, name) }, name)]), names.length > 4 ? ` +${names.length - 4}` : "");
  }
}

function judged(row: LeaderboardRow, view: SweepView): { readonly mean: number; readonly deviation: number | null } {
  return view.select_by === "test" || row.validation_accuracy === null
    ? { mean: row.test_accuracy ?? 0, deviation: row.test_deviation }
    : { mean: row.validation_accuracy, deviation: row.validation_deviation };
}

function scaleOf(rows: readonly LeaderboardRow[], view: SweepView): BarScale {
  const top = rows.slice(0, Math.max(ROWS_ON_SCALE, Math.floor(rows.length / 2))).map(row => judged(row, view));
  return { low: Math.min(...top.map(entry => entry.mean - (entry.deviation ?? 0))), high: Math.max(...top.map(entry => entry.mean + (entry.deviation ?? 0))) };
}
