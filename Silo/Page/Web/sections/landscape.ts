import type { SweepAnalysis } from "../api.js";
import { shareBar } from "../charts/bars.js";
import { HeatMapChart } from "../charts/heat-map.js";
import { ParallelChart } from "../charts/parallel.js";
import { h, setChildren, setText, show } from "../dom.js";
import { percent, words } from "../format.js";
import { card } from "../parts.js";
import { scoreWord } from "../score.js";
import type { Trial } from "../trials.js";

const FACTORS: Readonly<Record<string, string>> = { max_learning_rate: "max LR", train_images: "images" };

/** A hyperparameter's name as people say it. */
export function factorWords(factor: string): string {
  return FACTORS[factor] ?? words(factor);
}

/** Accuracy over the search space: heat map, parallel coordinates, importance. */
export class LandscapeSection {
  private readonly heat = new HeatMapChart("Heat map of max LR against weight decay");
  private readonly lines: ParallelChart;
  private readonly noHeat = h("p", { class: "empty" }, "No trial has a score yet.");
  private readonly noLines = h("p", { class: "empty" }, "Two trials with a score are needed.");
  private readonly shares = h("div");
  readonly heatMap = card("Max LR × weight decay", { width: "half", id: "heat-map" }, this.noHeat, this.heat.figure.element);
  readonly importance = card("What mattered", { width: "half", id: "importance" }, this.shares);
  readonly parallel: HTMLElement;

  constructor(onBrush: (chosen: ReadonlySet<number> | null) => void) {
    this.lines = new ParallelChart("Parallel coordinates of the trials", onBrush);
    this.parallel = card("Parallel coordinates", { id: "parallel" }, this.noLines, this.lines.figure.element);
    setChildren(this.shares, h("p", { class: "empty" }, "Being worked out …"));
  }

  update(trials: readonly Trial[], selectBy: "validation" | "test"): void {
    const heat = this.heat.update(trials, selectBy);
    show(this.heat.figure.element, heat);
    show(this.noHeat, !heat);
    const lines = this.lines.update(trials, selectBy);
    show(this.lines.figure.element, lines);
    show(this.noLines, !lines);
  }

  analysis(analysis: SweepAnalysis): void {
    const { importances } = analysis;
    const gap = analysis.gaps.find(entry => entry.part === "importance");
    if (importances.length === 0) {
      setChildren(this.shares, h("p", { class: "empty" }, gap?.needs ?? "There are too few trials to tell."));
      return;
    }
    const most = Math.max(...importances.map(entry => entry.upper ?? entry.share ?? 0), 0.01);
    setChildren(
      this.shares,
      h("p", { class: "soft" }, `Part of the differences in ${scoreWord()} that goes with each hyperparameter, with its interval of confidence.`),
      h(
        "div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Importance" },
        h(
          "table", { class: "importance", "aria-label": "Importance of hyperparameters" },
          h("thead", {}, h("tr", {}, ...["hyperparameter", "share", "interval", ""].map(head => (head === "" ? h("td") : h("th", { scope: "col" }, head))))),
          h("tbody", {}, ...[...importances].sort((a, b) => (b.share ?? 0) - (a.share ?? 0)).map(entry => h(
            "tr", {},
            h("th", { scope: "row" }, factorWords(entry.factor)),
            h("td", { class: "number" }, percent(entry.share, 0)),
            h("td", { class: "number" }, `${percent(entry.lower, 0)} to ${percent(entry.upper, 0)}`),
            h("td", {}, shareBar(entry.share ?? 0, entry.lower ?? 0, entry.upper ?? 0, most)),
          ))),
        ),
      ),
      analysis.theory.length === 0 ? null : h(
        "details", {},
        h("summary", {}, "What theory says, and what was found"),
        h("ul", {}, ...analysis.theory.map(check => h("li", {}, h("strong", {}, `${theoryWords(check.agreement)} `), `${check.prediction} ${check.finding}`))),
      ),
    );
  }

  /** Why there is no analysis. */
  noAnalysis(reason: string): void {
    setChildren(this.shares, h("p", { class: "empty" }, reason));
  }

  close(): void {
    this.heat.figure.close();
    this.lines.figure.close();
    setText(this.shares, "");
  }
}

function theoryWords(agreement: "agree" | "disagree" | "undecided"): string {
  switch (agreement) {
    case "agree": return "As theory says:";
    case "disagree": return "Against theory:";
    case "undecided": return "Undecided:";
  }
}
