import type { JobCurve } from "../api.js";
import { loss, percent, figure } from "../format.js";
import { lossUnit, scoreWord } from "../score.js";
import { axes, Figure, figureTable, legend, tooltip, type Inks } from "./figure.js";
import { at, colourOf, items, tip } from "./tip.js";

/** What is drawn of a job's way. */
export type CurveMeasure = "accuracy" | "train_loss" | "held_out_loss";

/** A job's curve with what tells it from others. */
export interface NamedCurve {
  readonly name: string;
  readonly curve: JobCurve;
}

const nameOf = (measure: CurveMeasure): string =>
  measure === "accuracy" ? `held-out ${scoreWord()} / %` : `${measure === "train_loss" ? "training" : "held-out"} loss / ${lossUnit()}`;

/** Dashes as well as colours tell curves apart. */
const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3]] as const;

type Point = [number, number];

/** Points of a measure: step, and value. */
export function pointsOf(curve: JobCurve, measure: CurveMeasure): Point[] {
  const points: Point[] = [];
  if (measure === "train_loss") {
    curve.curves.step.forEach((step, index) => {
      const value = curve.curves.smoothed_loss[index] ?? curve.curves.train_loss[index];
      if (typeof value === "number") {
        points.push([step, value]);
      }
    });
    return points;
  }
  for (const reading of curve.curves.evaluations) {
    const value = measure === "accuracy" ? reading.accuracy : reading.loss;
    if (typeof value === "number" && reading.images !== "cooldown" && (reading.images === "validation" || !hasValidation(curve))) {
      points.push([reading.step, measure === "accuracy" ? 100 * value : value]);
    }
  }
  return points;
}

function hasValidation(curve: JobCurve): boolean {
  return curve.curves.evaluations.some(reading => reading.images === "validation");
}

/** Learning curves of several jobs on one pair of axes. */
export class CurvesChart {
  readonly figure: Figure;
  private curves: readonly NamedCurve[] = [];
  private measure: CurveMeasure = "accuracy";

  constructor(label: string, onJob?: (name: string) => void) {
    this.figure = new Figure({ label, table: () => this.table() });
    if (onJob !== undefined) {
      this.figure.on("click", event => {
        if (event.seriesName !== undefined) {
          onJob(event.seriesName);
        }
      });
    }
  }

  update(curves: readonly NamedCurve[], measure: CurveMeasure, words: string): void {
    this.curves = curves;
    this.measure = measure;
    this.figure.set(colours => this.option(colours), words, measure);
  }

  private option(colours: Inks): object {
    const unit = this.measure === "accuracy";
    return {
      ...axes(colours, { type: "value", name: "step", min: 0 }, { type: "value", name: nameOf(this.measure) }),
      legend: legend(colours, { show: this.curves.length > 1 }),
      tooltip: tooltip(colours, {
        trigger: "axis",
        formatter: (given: unknown) => tip(
          `step ${figure(Number(items(given)[0]?.axisValue), 0)}`,
          items(given).map(item => ({ ...colourOf(item), name: item.seriesName ?? "", value: unit ? percent((at(item, 1) ?? 0) / 100) : loss(at(item, 1)) })),
        ),
      }),
      series: this.curves.map((entry, index) => {
        const points = pointsOf(entry.curve, this.measure);
        const colour = colours.series[index % colours.series.length];
        return {
          id: entry.name,
          name: entry.name,
          type: "line",
          data: points,
          showSymbol: points.length < 40,
          symbolSize: 5,
          lineStyle: { width: 2, color: colour, type: DASHES[Math.floor(index / colours.series.length + index) % DASHES.length] },
          itemStyle: { color: colour },
          emphasis: { focus: "series" },
        };
      }),
    };
  }

  private table(): HTMLElement {
    return figureTable(
      ["job", "readings", "first", "last", "best", "at step"],
      this.curves.map(entry => {
        const points = pointsOf(entry.curve, this.measure);
        const better = (a: Point, b: Point): boolean => (this.measure === "accuracy" ? a[1] > b[1] : a[1] < b[1]);
        const best = points.reduce<Point | null>((so, point) => (so === null || better(point, so) ? point : so), null);
        const words = (point: Point | null | undefined): string => (point === null || point === undefined ? "–" : figure(point[1], 4));
        return [entry.name, String(points.length), words(points[0]), words(points.at(-1)), words(best), best === null ? "–" : String(best[0])];
      }),
    );
  }
}
