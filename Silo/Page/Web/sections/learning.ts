import type { JobCurve, SweepView } from "../api.js";
import { CurvesChart, type CurveMeasure } from "../charts/curves.js";
import { ScheduleChart } from "../charts/schedule.js";
import { h, setText, show } from "../dom.js";
import { things } from "../format.js";
import { get, sweepPath } from "../http.js";
import { card } from "../parts.js";
import { scoreWord } from "../score.js";
import { trialName } from "../trials.js";

/** Best trials whose curves stand beside those that run. */
const BEST = 5;
/** Curves at most. */
const MOST = 12;

/** Learning curves of trials that run, as they grow, beside those of the best; and where each is in its schedule. */
export class LearningSection {
  private readonly measure: HTMLSelectElement;
  private readonly chart: CurvesChart;
  private readonly schedule = new ScheduleChart("Learning rate and momentum");
  private readonly scoreOption = h("option", { value: "accuracy" });
  private readonly noCurve = h("p", { class: "empty" }, "No curve yet.");
  private readonly noSchedule = h("p", { class: "empty" }, "No trial runs, and none has ended.");
  private best: readonly JobCurve[] = [];
  private bestNames = "";
  private running: ReadonlyMap<string, JobCurve> = new Map();
  private view: SweepView | null = null;
  readonly curves: HTMLElement;
  readonly schedules: HTMLElement;

  constructor(private readonly sweep: string, openJob: (job: string) => void) {
    this.measure = h(
      "select", { change: () => this.draw() },
      this.scoreOption, h("option", { value: "held_out_loss" }, "held-out loss"), h("option", { value: "train_loss" }, "training loss"),
    );
    this.chart = new CurvesChart("Learning curves", openJob);
    this.curves = card("Learning curves", { width: "half" }, h("label", {}, "Show", this.measure), this.noCurve, this.chart.figure.element);
    this.schedules = card("Schedule", { width: "half" }, this.noSchedule, this.schedule.figure.element);
  }

  update(view: SweepView, running: ReadonlyMap<string, JobCurve>): void {
    this.view = view;
    this.running = running;
    this.draw();
    const names = view.leaders.slice(0, BEST).flatMap(row => (row.trials[0] === undefined ? [] : [trialName(row.trials[0])])).join();
    if (names !== this.bestNames) {
      this.bestNames = names;
      void this.readBest(names);
    }
  }

  close(): void {
    this.chart.figure.close();
    this.schedule.figure.close();
  }

  private async readBest(names: string): Promise<void> {
    try {
      const best = names === "" ? [] : await get<JobCurve[]>(`${sweepPath(this.sweep)}/curves?jobs=${names}`);
      if (names === this.bestNames) {
        const order = names.split(",");
        this.best = [...best].sort((a, b) => order.indexOf(a.job) - order.indexOf(b.job));
        this.draw();
      }
    } catch {
      this.bestNames = ""; // asked again with the next change; the frame shows that the connection is lost
    }
  }

  private draw(): void {
    setText(this.scoreOption, `held-out ${scoreWord()}`);
    const trials = [...this.running.values()].filter(curve => curve.job.startsWith("T-"));
    const names = new Set(trials.map(curve => curve.job));
    const all = [...this.best.filter(curve => !names.has(curve.job)), ...trials].slice(0, MOST);
    const measure = this.measure.value as CurveMeasure;
    const curves = all.map(curve => ({ name: curve.job, curve }));
    show(this.noCurve, curves.length === 0);
    show(this.chart.figure.element, curves.length > 0);
    if (curves.length > 0) {
      const some = [...(trials.length > 0 ? [`${things(trials.length, "trial")} running now`] : []), ...(all.length > trials.length ? [all.length - trials.length === 1 ? "the best so far" : `the best ${all.length - trials.length} so far`] : [])];
      const words = some.join(" and ");
      this.chart.update(curves, measure, `${words.charAt(0).toUpperCase()}${words.slice(1)}. A click on a curve opens its trial.`);
    }
    this.drawSchedule(all);
  }

  private drawSchedule(all: readonly JobCurve[]): void {
    const running = [...this.running.values()];
    const first = running.length > 0 ? running.slice(0, 8) : all.slice(0, 1);
    show(this.noSchedule, first.length === 0);
    show(this.schedule.figure.element, first.length > 0);
    if (first.length === 0) {
      return;
    }
    const steps = new Map(this.view?.running.map(job => [job.key.short_name, job.progress?.step ?? 0]));
    this.schedule.update(
      first.map(curve => ({ name: curve.job, curve, step: running.length === 0 ? null : Math.max(steps.get(curve.job) ?? 0, curve.curves.step.at(-1) ?? 0) })),
      running.length === 0 ? `No job runs now: the schedule of ${first[0]?.job ?? ""}, the best so far.` : `A marker stands where each running job is. Solid: learning rate, dashed: momentum.`,
    );
    setText(this.noSchedule, "No trial runs, and none has ended.");
  }
}
