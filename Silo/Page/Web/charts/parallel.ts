import { duration, percent, rate } from "../format.js";
import { scoreWord } from "../score.js";
import { accuracyOf, type Trial } from "../trials.js";
import type { Chart } from "./echarts.js";
import { Figure, figureTable, tooltip, type Inks } from "./figure.js";
import { items, tip } from "./tip.js";

/** Lines at most: more are a carpet. The best are drawn. */
const MOST_LINES = 1_500;

const ON_LIGHT = ["#d8cf9f", "#b9ad82", "#97989a", "#575d6d", "#123570", "#00224e"];
const ON_DARK = ["#4a6fb5", "#6f86a5", "#97989a", "#b9ad82", "#e1cc55", "#fff3a0"];

interface Axis {
  readonly name: string;
  readonly of: (trial: Trial) => number | null;
  readonly words: (value: number) => string;
  readonly type: "value" | "log" | "category";
  /** Values of an axis of categories, in order. */
  readonly values: readonly number[];
}

/** So few values stand at even distances, each with its name. */
const MOST_CATEGORIES = 6;

/** Trials as lines over parallel axes; a brush along an axis chooses some of them. */
export class ParallelChart {
  readonly figure: Figure;
  private drawn: readonly Trial[] = [];
  private shown: readonly Axis[] = [];

  /**
   * @param onBrush Called with the trials within the brushes; null where there is no brush.
   */
  constructor(label: string, onBrush: (chosen: ReadonlySet<number> | null) => void) {
    this.figure = new Figure({ label, size: "tall", table: () => this.table() });
    this.figure.on("axisareaselected", () => {
      const chart = this.figure.current;
      if (chart !== null) {
        onBrush(chosenIn(chart, this.drawn));
      }
    });
  }

  /** Draws it. Answers whether there is anything to draw. */
  update(trials: readonly Trial[], selectBy: "validation" | "test"): boolean {
    const scored = trials.filter(trial => accuracyOf(trial, selectBy) !== null);
    const best = [...scored].sort((a, b) => (accuracyOf(b, selectBy) ?? 0) - (accuracyOf(a, selectBy) ?? 0)).slice(0, MOST_LINES);
    this.drawn = [...best].reverse(); // what is drawn last lies on top
    this.shown = axesOf(best, selectBy);
    if (best.length < 2) {
      return false;
    }
    const rest = best.length < scored.length ? ` The best ${best.length} of ${scored.length} are drawn.` : "";
    this.figure.set(
      colours => this.option(colours, selectBy),
      `One line a trial; the better, the stronger its colour. Drag along an axis to choose trials: the table below shows only them; a click on the axis takes the choice away.${rest}`,
      this.shown.map(axis => `${axis.name}${axis.type}${axis.values.join()}`).join(";"),
    );
    return true;
  }

  private option(colours: Inks, selectBy: "validation" | "test"): object {
    const accuracies = this.drawn.map(trial => 100 * (accuracyOf(trial, selectBy) ?? 0)).sort((a, b) => a - b);
    const last = this.shown.findIndex(axis => axis.name === scoreWord());
    return {
      parallel: { left: 48, right: 84, top: 58, bottom: 30, parallelAxisDefault: { areaSelectStyle: { width: 18, borderColor: colours.text, color: colours.text, opacity: 0.25 } } },
      parallelAxis: this.shown.map((axis, dim) => ({
        dim, name: axis.name, type: axis.type, scale: true, data: axis.type === "category" ? axis.values.map(axis.words) : undefined,
        min: axis.type === "log" ? "dataMin" : null, max: axis.type === "log" ? "dataMax" : null,
        // In two rows, so that names have room on a phone.
        nameGap: dim % 2 === 0 ? 10 : 28, nameTextStyle: { color: colours.text, fontSize: 12 }, axisLine: { lineStyle: { color: colours.soft, width: 1.5 } }, axisTick: { lineStyle: { color: colours.soft } },
        axisLabel: { color: colours.text, ...(axis.type === "category" ? {} : { formatter: axis.words }), fontSize: 11, hideOverlap: true, textBorderColor: colours.panel, textBorderWidth: 3 }, splitNumber: 4,
      })),
      visualMap: {
        show: false, dimension: last, min: accuracies[Math.floor(accuracies.length / 10)] ?? 0, max: accuracies.at(-1) ?? 100,
        inRange: { color: colours.ground.startsWith("#1") ? ON_DARK : ON_LIGHT },
      },
      tooltip: tooltip(colours, {
        formatter: (given: unknown) => {
          const item = items(given)[0];
          const trial = this.drawn[item?.dataIndex ?? -1];
          return trial === undefined ? "" : tip(trial.name, this.shown.map(axis => ({ name: axis.name, value: axis.words(axis.of(trial) ?? NaN) })));
        },
      }),
      series: [{
        id: "trials", type: "parallel", smooth: false, inactiveOpacity: 0.04, activeOpacity: 0.9, progressive: 500,
        lineStyle: { width: this.drawn.length > 300 ? 1 : 1.8, opacity: this.drawn.length > 300 ? 0.4 : 0.75 },
        data: this.drawn.map(trial => this.shown.map(axis => (axis.type === "category" ? axis.words(axis.of(trial) ?? 0) : axis.of(trial)))),
      }],
    };
  }

  private table(): HTMLElement {
    return figureTable(
      ["trial", ...this.shown.map(axis => axis.name)],
      this.drawn.slice(-50).reverse().map(trial => [trial.name, ...this.shown.map(axis => axis.words(axis.of(trial) ?? NaN))]),
    );
  }
}

/** Axes of hyperparameters that differ, then what came out. */
function axesOf(trials: readonly Trial[], selectBy: "validation" | "test"): readonly Axis[] {
  const all: readonly Omit<Axis, "type" | "values">[] = [
    { name: "max LR", of: trial => trial.maxLr, words: value => rate(value) },
    { name: "batch", of: trial => trial.batchSize, words: value => rate(value) },
    { name: "weight decay", of: trial => trial.weightDecay, words: value => rate(value) },
    { name: "dropout", of: trial => trial.dropout, words: value => rate(value) },
    { name: "images", of: trial => trial.trainSize, words: value => rate(value) },
    { name: "epochs", of: trial => trial.plannedEpochs, words: value => rate(value) },
  ];
  const varied = all.filter(axis => new Set(trials.map(axis.of)).size > 1 && trials.every(trial => axis.of(trial) !== null));
  return [
    ...varied.map(axis => {
      const values = [...new Set(trials.map(trial => axis.of(trial) ?? 0))].sort((a, b) => a - b);
      const [least, greatest] = [values[0] ?? 0, values.at(-1) ?? 0];
      return { ...axis, values, type: values.length <= MOST_CATEGORIES ? "category" as const : least > 0 && greatest / least >= 8 ? "log" as const : "value" as const };
    }),
    { name: "time", of: trial => trial.seconds, words: value => duration(value), type: "value", values: [] },
    { name: scoreWord(), of: trial => 100 * (accuracyOf(trial, selectBy) ?? 0), words: value => percent(value / 100, 1), type: "value", values: [] },
  ];
}

function chosenIn(chart: Chart, drawn: readonly Trial[]): ReadonlySet<number> | null {
  const series = chart.getModel().getSeriesByIndex(0);
  const active = series?.getRawIndicesByActiveState("active") ?? [];
  const inactive = series?.getRawIndicesByActiveState("inactive") ?? [];
  return inactive.length === 0 && active.length === 0 ? null : new Set(active.flatMap(index => drawn[index]?.number ?? []));
}
