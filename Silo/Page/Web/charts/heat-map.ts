import { scoreWord } from "../score.js";
import { accuracyOf, type Trial } from "../trials.js";
import { percent, things } from "../format.js";
import { binAt, binsOf, type Bin } from "./bins.js";
import { Figure, figureTable, tooltip, type Inks } from "./figure.js";
import { items, tip } from "./tip.js";

// Cividis: rises evenly in lightness, so that it reads the same with every colour blindness and in black and white
// (Nunez, Anderton, Renslow 2018, doi:10.1371/journal.pone.0199239). Ten even stops.
const CIVIDIS = ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838"];

// Squares that collapsed would take all colours for themselves: the scale ends this many times below the best as the median is.
const REACH = 3;

interface Square {
  readonly column: number;
  readonly row: number;
  readonly mean: number | null;
  readonly trials: number;
  readonly without: number;
}

interface Grid {
  readonly columns: readonly Bin[];
  readonly rows: readonly Bin[];
  readonly squares: readonly Square[];
  readonly low: number;
  readonly high: number;
}

/** Mean accuracy by max LR and weight decay. */
export class HeatMapChart {
  readonly figure: Figure;
  private grid: Grid | null = null;

  constructor(label: string) {
    this.figure = new Figure({ label, table: () => this.table() });
  }

  /** Draws it. Answers whether there is anything to draw. */
  update(trials: readonly Trial[], selectBy: "validation" | "test"): boolean {
    const grid = gridOf(trials.filter(trial => trial.role === "" || trial.role === "candidate"), selectBy);
    this.grid = grid;
    if (grid === null) {
      return false;
    }
    this.figure.set(
      colours => this.option(grid, colours),
      `Mean ${selectBy} ${scoreWord()} in %. The best square has a star; × marks configurations of which no trial came to a score.`,
    );
    return true;
  }

  private option(grid: Grid, colours: Inks): object {
    const best = Math.max(...grid.squares.map(square => square.mean ?? -1));
    const axis = { type: "category", splitArea: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.soft, interval: 0, hideOverlap: true }, axisTick: { show: false }, nameLocation: "middle", nameTextStyle: { color: colours.soft } };
    return {
      grid: { left: 96, right: 14, top: 10, bottom: 92 },
      xAxis: { ...axis, data: grid.columns.map(bin => bin.words), name: "max LR", nameGap: 28 },
      yAxis: { ...axis, data: grid.rows.map(bin => bin.words), name: "weight decay", nameGap: 80 },
      visualMap: {
        min: 100 * grid.low, max: 100 * grid.high, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemWidth: 12, itemHeight: 160, precision: 1,
        text: [percent(grid.high, 1), percent(grid.low, 1)], textStyle: { color: colours.text }, inRange: { color: CIVIDIS }, seriesIndex: 0, dimension: 2,
      },
      tooltip: tooltip(colours, {
        formatter: (given: unknown) => {
          const square = grid.squares[items(given)[0]?.dataIndex ?? -1];
          return square === undefined ? "" : tip(`max LR ${grid.columns[square.column]?.words}, weight decay ${grid.rows[square.row]?.words}`, [
            { name: `mean ${scoreWord()}`, value: percent(square.mean) },
            { name: "scored", value: things(square.trials, "trial") },
            ...(square.without > 0 ? [{ name: "without a score", value: things(square.without, "trial") }] : []),
          ]);
        },
      }),
      series: [{
        id: "squares", type: "heatmap",
        data: grid.squares.map(square => ({
          value: [square.column, square.row, square.mean === null ? "-" : 100 * square.mean],
          label: {
            show: true, fontSize: 11, fontWeight: square.mean === best ? "bold" : "normal",
            color: square.mean === null ? colours.soft : isDark(share(grid, square.mean)) ? "#fff" : "#000",
            formatter: square.mean === null ? "×" : `${(100 * square.mean).toFixed(1)}${square.mean === best ? "\n★" : ""}`,
          },
        })),
        itemStyle: { borderColor: colours.panel, borderWidth: 2 },
        emphasis: { itemStyle: { borderColor: colours.text } },
      }, {
        // The library draws no square without a value: × stands by itself.
        id: "without", type: "scatter", symbolSize: 1, silent: true, itemStyle: { color: "transparent" },
        data: grid.squares.filter(square => square.mean === null).map(square => [square.column, square.row]),
        label: { show: true, formatter: "×", color: colours.text, fontSize: 16 },
      }],
    };
  }

  private table(): HTMLElement {
    const grid = this.grid;
    if (grid === null) {
      return figureTable([], []);
    }
    return figureTable(
      ["weight decay ↓ max LR →", ...grid.columns.map(bin => bin.words)],
      grid.rows.map((bin, row) => [bin.words, ...grid.columns.map((_, column) => {
        const square = grid.squares.find(entry => entry.row === row && entry.column === column);
        return square === undefined ? "" : square.mean === null ? "×" : percent(square.mean, 1);
      })]).reverse(),
    );
  }
}

function gridOf(trials: readonly Trial[], selectBy: "validation" | "test"): Grid | null {
  const ended = trials.filter(trial => trial.maxLr !== null && trial.weightDecay !== null && !["waiting", "ready", "running", "skipped"].includes(trial.state));
  const scored = ended.filter(trial => accuracyOf(trial, selectBy) !== null);
  if (scored.length === 0) {
    return null;
  }
  const columns = binsOf(ended.map(trial => trial.maxLr ?? 0), true);
  const rows = binsOf(ended.map(trial => trial.weightDecay ?? 0), false);
  const sums = new Map<number, { column: number; row: number; sum: number; trials: number; without: number }>();
  for (const trial of ended) {
    const [column, row] = [binAt(columns, trial.maxLr ?? 0), binAt(rows, trial.weightDecay ?? 0)];
    const key = row * columns.length + column;
    const held = sums.get(key) ?? { column, row, sum: 0, trials: 0, without: 0 };
    const accuracy = accuracyOf(trial, selectBy);
    if (accuracy === null) {
      held.without++;
    } else {
      held.sum += accuracy;
      held.trials++;
    }
    sums.set(key, held);
  }
  const squares = [...sums.values()].map(({ column, row, sum, trials: count, without }) => ({ column, row, mean: count === 0 ? null : sum / count, trials: count, without }));
  const means = squares.flatMap(square => (square.mean === null ? [] : [square.mean])).sort((a, b) => a - b);
  const high = means.at(-1) ?? 1;
  const median = means[Math.floor(means.length / 2)] ?? high;
  const low = Math.max(means[0] ?? 0, high - REACH * (high - median));
  return { columns, rows, squares, low: low < high ? low : high - 0.001, high };
}

function share(grid: Grid, mean: number): number {
  return Math.min(1, Math.max(0, (mean - grid.low) / (grid.high - grid.low)));
}

/** Whether white is the colour to write with: up to here it has the greater contrast. */
function isDark(place: number): boolean {
  return place < 0.48;
}
