import type { CellRecord, JobCurve } from "../api.js";
import { findingsOf, RangeTestChart, suggestionsOf } from "../charts/range-test.js";
import { h, setText, show } from "../dom.js";
import { rate, things, words } from "../format.js";
import { card } from "../parts.js";
import { links } from "../router.js";
import { rangeTestName } from "../trials.js";

const SHOWN_AT_FIRST = 3;

interface Drawn {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly chart: RangeTestChart;
}

/** Curves of LR range tests with their suggestions; those that run now come first. */
export class RangeTestsSection {
  private readonly grid = h("div", { class: "grid-of-charts" });
  private readonly none = h("p", { class: "empty" });
  private readonly more = h("button", { type: "button", hidden: true, click: () => this.showMore() });
  private readonly charts = new Map<string, Drawn>();
  private ended: readonly JobCurve[] = [];
  private running: readonly JobCurve[] = [];
  private cells: ReadonlyMap<number, CellRecord> = new Map();
  private most = SHOWN_AT_FIRST;
  readonly element = card("LR range tests", {}, this.none, this.grid, h("p", {}, this.more));

  constructor(private readonly sweep: string) {}

  update(cells: ReadonlyMap<number, CellRecord>, running: Iterable<JobCurve>): void {
    this.cells = cells;
    this.running = [...running].filter(curve => curve.job.startsWith("R-"));
    this.draw();
  }

  /** Curves of those that ended. */
  take(ended: readonly JobCurve[]): void {
    this.ended = ended;
    this.draw();
  }

  close(): void {
    this.charts.forEach(drawn => drawn.chart.figure.close());
  }

  private showMore(): void {
    this.most = this.most === SHOWN_AT_FIRST ? Infinity : SHOWN_AT_FIRST;
    this.draw();
  }

  private draw(): void {
    const running = new Set(this.running.map(curve => curve.job));
    const all = [...this.running, ...this.ended.filter(curve => !running.has(curve.job))].filter(curve => curve.curves.step.length > 1);
    const shown = all.slice(0, this.most);
    const asked = [...this.cells.values()].some(cell => cell.status !== "skipped" && (cell.status !== "done" || cell.outcome !== null));
    show(this.none, shown.length === 0);
    setText(this.none, asked ? "None has ended yet." : "None was asked for: with max_lr: range_test in the search space, each cell gets one.");
    const wanted = new Set(shown.map(curve => curve.job));
    for (const [job, drawn] of this.charts) {
      if (!wanted.has(job)) {
        drawn.chart.figure.close();
        drawn.element.remove();
        this.charts.delete(job);
      }
    }
    shown.forEach(curve => this.drawOne(curve));
    show(this.more, all.length > SHOWN_AT_FIRST);
    setText(this.more, this.most === SHOWN_AT_FIRST ? `Show all ${things(all.length, "range test")}` : "Show fewer");
  }

  private drawOne(curve: JobCurve): void {
    let drawn = this.charts.get(curve.job);
    if (drawn === undefined) {
      const chart = new RangeTestChart(`Range test ${curve.job}`);
      const heading = h("span", { class: "soft" });
      drawn = { chart, heading, element: h("div", {}, h("h3", {}, h("a", { href: links.job(this.sweep, curve.job) }, curve.job), " ", heading), chart.figure.element) };
      this.charts.set(curve.job, drawn);
      this.grid.append(drawn.element);
    }
    const cell = [...this.cells.values()].find(entry => rangeTestName(entry.number) === curve.job);
    setText(drawn.heading, cell === undefined ? "" : `batch ${cell.key.batch_size} · wd ${rate(cell.key.weight_decay)} · dropout ${rate(cell.key.dropout)}`);
    drawn.chart.update(curve, findingsOf(cell), rangeTestWords(cell));
  }
}

/** What a range test says, in words. */
export function rangeTestWords(cell: CellRecord | undefined): string {
  const findings = findingsOf(cell);
  if (findings === null) {
    return cell?.status === "running" ? "Running." : cell?.outcome === null || cell === undefined ? "Waiting." : "Ended without findings.";
  }
  const suggestions = suggestionsOf(findings).map(({ name, value }) => `${name} ${rate(value)}`).join(", ");
  return `Super-convergence is ${words(findings.verdict)}${suggestions === "" ? "" : `. Suggested: ${suggestions}`}.`;
}
