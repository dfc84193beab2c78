import type { CellRecord, JobCurve, RangeTestFindings } from "../api.js";
import { loss, percent, rate } from "../format.js";
import { lossUnit, scoreWord } from "../score.js";
import { axes, Figure, figureTable, legend, tooltip, type Inks } from "./figure.js";
import { at, colourOf, items, tip } from "./tip.js";

/** Suggestions of a range test, in the order in which they are trusted. */
const SUGGESTIONS: readonly (readonly [keyof RangeTestFindings, string])[] = [
  ["max_learning_rate", "max LR"],
  ["valley", "valley"],
  ["slide", "slide"],
  ["minimum", "minimum"],
  ["steep", "steep"],
];

/** What a range test suggests, with rates that there are. */
export function suggestionsOf(findings: RangeTestFindings | null): readonly { readonly name: string; readonly value: number }[] {
  if (findings === null) {
    return [];
  }
  return SUGGESTIONS.flatMap(([key, name]) => {
    const value = findings[key];
    return typeof value === "number" && value > 0 ? [{ name, value }] : [];
  });
}

/** The findings of a cell; null before its range test has ended. */
export function findingsOf(cell: CellRecord | undefined | null): RangeTestFindings | null {
  return cell?.outcome?.kind === "range_tested" ? cell.outcome.findings : null;
}

// A loss that has blown up would flatten everything else.
const LOSS_CEILING = 4;

// Part of the axis that is its left edge.
const EDGE = 0.12;

// Places in the palette, those of the two curves left out.
const MARK_COLOURS = [1, 3, 7, 6, 4];

/** A range test: loss and held-out accuracy against the learning rate, each suggestion marked. */
export class RangeTestChart {
  readonly figure: Figure;
  private curve: JobCurve | null = null;
  private findings: RangeTestFindings | null = null;

  constructor(label: string, size?: "small") {
    this.figure = new Figure({ label, table: () => this.table(), ...(size === undefined ? {} : { size }) });
  }

  update(curve: JobCurve, findings: RangeTestFindings | null, words: string): void {
    this.curve = curve;
    this.findings = findings;
    this.figure.set(colours => this.option(colours), words, this.isLogarithmic() ? "log" : "linear");
  }

  /** Rates that grow by the same factor are drawn on a logarithmic axis. */
  private isLogarithmic(): boolean {
    const rates = (this.curve?.curves.learning_rate ?? []).filter((value): value is number => typeof value === "number" && value > 0);
    const [first, middle, last] = [rates[0], rates[Math.floor(rates.length / 2)], rates.at(-1)];
    return first !== undefined && middle !== undefined && last !== undefined && last / first > 50 && middle < (first + last) / 4;
  }

  private option(colours: Inks): object {
    const curves = this.curve?.curves;
    const rates = curves?.learning_rate ?? [];
    const first = curves?.train_loss.find((value): value is number => typeof value === "number") ?? 1;
    const losses = rates.map((x, index) => [x, curves?.smoothed_loss[index] ?? curves?.train_loss[index] ?? null])
      .filter(([x, y]) => typeof x === "number" && x > 0 && typeof y === "number" && y < LOSS_CEILING * first);
    const held = (curves?.evaluations ?? []).map(reading => [this.rateAt(reading.step), reading.accuracy === null ? null : 100 * reading.accuracy])
      .filter(([x, y]) => typeof x === "number" && x > 0 && typeof y === "number");
    return {
      ...axes(
        colours,
        { type: this.isLogarithmic() ? "log" : "value", name: "learning rate", scale: true, min: "dataMin", max: "dataMax", axisLabel: { color: colours.soft, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => rate(value) } },
        [
          { type: "value", name: `training loss / ${lossUnit()}` },
          { type: "value", name: `held-out ${scoreWord()} / %`, min: 0, splitLine: { show: false }, show: held.length > 0 },
        ],
      ),
      legend: legend(colours),
      tooltip: tooltip(colours, {
        trigger: "axis",
        formatter: (given: unknown) => tip(
          `learning rate ${rate(Number(items(given)[0]?.axisValue))}`,
          items(given).filter(item => at(item, 1) !== null)
            .map(item => ({ ...colourOf(item), name: item.seriesName ?? "", value: item.seriesName === scoreWord() ? percent((at(item, 1) ?? 0) / 100, 1) : loss(at(item, 1)) })),
        ),
      }),
      series: [
        {
          id: "loss", name: "loss", type: "line", data: losses, showSymbol: false, lineStyle: { width: 2, color: colours.series[0] }, itemStyle: { color: colours.series[0] },
          markLine: { silent: true, symbol: "none", animation: false, data: this.marks(colours) },
        },
        {
          id: "accuracy", name: scoreWord(), type: "line", yAxisIndex: 1, data: held, symbolSize: 4,
          lineStyle: { width: 2, type: "dashed", color: colours.series[2] }, itemStyle: { color: colours.series[2] },
        },
      ],
    };
  }

  private marks(colours: Inks): object[] {
    // A name stands left of its line, but not where there is no room.
    const rates = (this.curve?.curves.learning_rate ?? []).filter((value): value is number => typeof value === "number" && value > 0);
    const [first, last] = [rates[0] ?? 0, rates.at(-1) ?? 0];
    const edge = this.isLogarithmic() ? first * (last / first) ** EDGE : first + EDGE * (last - first);
    const mark = (name: string, value: number, colour: string | undefined, strong: boolean): object => ({
      xAxis: value,
      lineStyle: { width: strong ? 2.5 : 1.5, type: strong ? "solid" : "dotted", color: colour },
      label: { formatter: name, position: value < edge ? "insideEndBottom" : "insideEndTop", color: colour, fontSize: 11, backgroundColor: colours.panel, padding: [1, 2], fontWeight: strong ? "bold" : "normal" },
    });
    const marks = suggestionsOf(this.findings).map(({ name, value }, index) => mark(name, value, colours.series[MARK_COLOURS[index] ?? 6], index === 0));
    const diverged = this.findings?.diverged_at;
    return typeof diverged === "number" && diverged > 0 ? [...marks, mark("diverged", diverged, colours.text, true)] : marks;
  }

  private rateAt(step: number): number | null {
    const curves = this.curve?.curves;
    if (curves === undefined) {
      return null;
    }
    let low = 0;
    let high = curves.step.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((curves.step[middle] ?? 0) < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return curves.learning_rate[low] ?? null;
  }

  private table(): HTMLElement {
    return figureTable(["suggestion", "learning rate"], [
      ...suggestionsOf(this.findings).map(({ name, value }) => [name, rate(value)]),
      ["diverged at", rate(this.findings?.diverged_at)],
      [`best ${scoreWord()}`, percent(this.findings?.best_accuracy)],
    ]);
  }
}
