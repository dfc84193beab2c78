import type { JobCurve } from "../api.js";
import { figure, rate } from "../format.js";
import { axes, Figure, figureTable, legend, tooltip, type Inks } from "./figure.js";
import { at, colourOf, items, tip } from "./tip.js";

/** A job with its schedule and the step that it is at; null where it has ended. */
export interface Scheduled {
  readonly name: string;
  readonly curve: JobCurve;
  readonly step: number | null;
}

/** Where names of markers stand: those of jobs that were started together must not cover each other. */
const MARK_LABELS = ["top", "right", "bottom", "left"] as const;

interface Line {
  readonly rates: [number, number][];
  readonly momenta: [number, number][];
  readonly total: number;
}

/** Learning rate and momentum over the run; a marker stands where each running job is. */
export class ScheduleChart {
  readonly figure: Figure;
  private jobs: readonly Scheduled[] = [];

  constructor(label: string) {
    this.figure = new Figure({ label, table: () => this.table() });
  }

  update(jobs: readonly Scheduled[], words: string): void {
    this.jobs = jobs;
    this.figure.set(colours => this.option(colours), words);
  }

  private option(colours: Inks): object {
    return {
      ...axes(
        colours,
        { type: "value", name: "part of the run / %", min: 0, max: 100 },
        [
          { type: "value", name: "learning rate", min: 0, axisLabel: { color: colours.soft, formatter: (value: number) => rate(value) } },
          { type: "value", name: "momentum (dashed)", splitLine: { show: false } },
        ],
      ),
      legend: legend(colours, { show: this.jobs.length > 1, data: this.jobs.map(job => job.name) }),
      tooltip: tooltip(colours, {
        trigger: "axis",
        formatter: (given: unknown) => tip(
          `${figure(Number(items(given)[0]?.axisValue), 0)}% of the run`,
          items(given).map(item => ({ ...colourOf(item), name: item.seriesName ?? "", value: rate(at(item, 1)) })),
        ),
      }),
      series: this.jobs.flatMap((job, index) => {
        const line = lineOf(job.curve);
        const colour = colours.series[index % colours.series.length];
        const place = job.step === null || line.total === 0 ? null : 100 * job.step / line.total;
        return [
          {
            id: `${job.name} rate`, name: job.name, type: "line", data: line.rates, showSymbol: false, lineStyle: { width: 2, color: colour }, itemStyle: { color: colour },
            markPoint: place === null ? { data: [] } : {
              symbol: "circle", symbolSize: 13, silent: true, animation: false, itemStyle: { color: colour, borderColor: colours.ground, borderWidth: 2 },
              label: { show: this.jobs.length <= 6, formatter: job.name, position: MARK_LABELS[index % MARK_LABELS.length], color: colours.text, fontSize: 11 },
              data: [{ coord: [place, valueAt(line.rates, place)] }],
            },
          },
          {
            id: `${job.name} momentum`, name: `${job.name} momentum`, type: "line", yAxisIndex: 1, data: line.momenta, showSymbol: false,
            lineStyle: { width: 1.5, type: "dashed", color: colour }, itemStyle: { color: colour },
          },
        ];
      }),
    };
  }

  private table(): HTMLElement {
    return figureTable(["job", "steps", "at step", "highest rate", "momentum"], this.jobs.map(job => {
      const line = lineOf(job.curve);
      const momenta = line.momenta.map(point => point[1]);
      return [
        job.name, figure(line.total, 0), job.step === null ? "ended" : String(job.step), rate(Math.max(...line.rates.map(point => point[1]))),
        momenta.length === 0 ? "–" : `${figure(Math.min(...momenta))} to ${figure(Math.max(...momenta))}`,
      ];
    }));
  }
}

function lineOf(curve: JobCurve): Line {
  const source = curve.planned ?? curve.curves;
  const total = curve.total_steps ?? source.step.at(-1) ?? 0;
  const line = (values: readonly (number | null)[]): [number, number][] => source.step.flatMap((step, index) => {
    const value = values[index];
    return typeof value === "number" && total > 0 ? [[100 * step / total, value] as [number, number]] : [];
  });
  return { rates: line(source.learning_rate), momenta: line(source.momentum), total };
}

function valueAt(points: readonly [number, number][], x: number): number {
  let before = points[0];
  for (const point of points) {
    if (point[0] >= x) {
      if (before === undefined || before[0] === point[0]) {
        return point[1];
      }
      return before[1] + (point[1] - before[1]) * (x - before[0]) / (point[0] - before[0]);
    }
    before = point;
  }
  return before?.[1] ?? 0;
}
