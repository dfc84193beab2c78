import type { Configuration, JobAttempt, JobLogLine, JobPage, RunInfo, TrialScore } from "../api.js";
import { CurvesChart, pointsOf, type CurveMeasure } from "../charts/curves.js";
import { findingsOf, RangeTestChart } from "../charts/range-test.js";
import { ScheduleChart } from "../charts/schedule.js";
import { announce, h, KeyedList, setAttribute, setChildren, setText, show, type Child } from "../dom.js";
import { count, duration, figure, loss, moment, percent, rate, things, words } from "../format.js";
import { get, post, Refused, sweepPath } from "../http.js";
import { card, commandLine, failure, pairs, throttled } from "../parts.js";
import { links } from "../router.js";
import { scoreWord, useScore } from "../score.js";
import { rangeTestWords } from "../sections/range-tests.js";
import { command } from "../session.js";
import { mendPill, pill } from "../states.js";
import { SweepModel, type Changes } from "../sweep-model.js";
import type { Frame, View } from "../view.js";

/** A trial or a range test: its curves, configuration, attempts and log. */
export class JobView implements View {
  readonly element: HTMLElement;
  readonly title: string;
  private readonly state = pill("");
  private readonly evidence = h("p", { class: "note", hidden: true });
  private readonly facts = h("div");
  private readonly result = h("div");
  private readonly attempts = h("tbody");
  private readonly attemptRows = new KeyedList<JobAttempt>(this.attempts, attempt => String(attempt.number), makeAttempt, mendAttempt);
  private readonly log = h("ol", { class: "log list", tabindex: 0, "aria-label": "Log" });
  private readonly logLines = new KeyedList<JobLogLine & { readonly key: string }>(
    this.log, line => line.key, line => h("li", {}, `${moment(line.at).slice(11)} ${line.level.padEnd(11)} ${line.text}`), () => undefined,
  );
  private readonly noLog = h("p", { class: "empty" }, "The silo remembers no line of it: lines are kept in memory, of the last jobs only.");
  private readonly trace = h("p", { class: "links" });
  private readonly losses = new CurvesChart("Training loss");
  private readonly accuracies = new CurvesChart("Held-out accuracy");
  private readonly schedule = new ScheduleChart("Learning rate and momentum");
  private readonly rangeTest = new RangeTestChart("Range test");
  private readonly noCurve = h("p", { class: "empty" }, "No curve was recorded.");
  private readonly retried = h("p", { role: "status", class: "soft" });
  private readonly retry = h("button", { type: "button", click: () => void this.putBack() }, "Retry");
  private readonly retrying = h("div", { class: "action", hidden: true });
  private readonly stop = new AbortController();
  private readonly read = throttled(1_500, () => void this.readPage());
  private model: SweepModel | null = null;
  private page: JobPage | null = null;
  private laid = false;
  private seen = "";

  constructor(private readonly sweep: string, private readonly job: string, private readonly frame: Frame) {
    this.title = `${job} of ${sweep}`;
    this.element = h("div", {}, h("div", { class: "head" }, h("h1", {}, job)), h("p", { class: "empty" }, "Reading …"));
    void this.open();
  }

  close(): void {
    this.stop.abort();
    this.read.stop();
    this.model?.close();
    [this.losses, this.accuracies, this.schedule, this.rangeTest].forEach(chart => chart.figure.close());
  }

  private async open(): Promise<void> {
    await this.readPage();
    if (this.page === null || this.stop.signal.aborted) {
      return;
    }
    try {
      this.model = await SweepModel.open(this.sweep, {
        changed: changes => this.follow(changes),
        connection: state => {
          this.frame.connection(state);
          if (state === "connected") {
            this.read();
          }
        },
        gone: reason => this.fail(reason),
      }, this.stop.signal);
      show(this.retrying, this.model.page.may_change);
      if (this.stop.signal.aborted) {
        this.model.close();
      }
    } catch (problem) {
      if (!this.stop.signal.aborted) {
        this.fail(problem instanceof Error ? problem.message : String(problem));
      }
    }
  }

  /** Curves grow with the stream; the rest is read again where the job's row has changed. */
  private follow(changes: Changes): void {
    const model = this.model;
    const live = model?.running.get(this.job);
    if (model === null || this.page === null) {
      return;
    }
    const running = model.view.running.find(job => job.key.short_name === this.job);
    if (changes.curves && live !== undefined) {
      this.page = { ...this.page, curve: live };
      this.drawCurves(this.page);
    }
    const number = Number(this.job.slice(2));
    const row = this.job.startsWith("T-") ? model.trials.get(number) : model.cells.get(number);
    const now = JSON.stringify([row, running?.attempt]);
    if (now !== this.seen || running !== undefined) {
      this.seen = now;
      this.read();
    }
  }

  private async readPage(): Promise<void> {
    try {
      const page = await get<JobPage>(sweepPath(this.sweep, `/jobs/${encodeURIComponent(this.job)}`), this.stop.signal);
      const live = this.model?.running.get(this.job);
      this.page = live === undefined ? page : { ...page, curve: live };
      if (!this.laid) {
        this.lay(page);
      }
      this.update(this.page);
    } catch (problem) {
      if (this.stop.signal.aborted || (problem instanceof Refused && problem.status === 0 && this.laid)) {
        return;
      }
      this.fail(problem instanceof Error ? problem.message : String(problem));
    }
  }

  private lay(page: JobPage): void {
    this.laid = true;
    useScore(page.score);
    setChildren(this.retrying, this.retry, commandLine(() => command("retry", this.sweep, this.job)));
    const heads = ["attempt", "worker", "started", "took", "ended as", "why", "trace"];
    setChildren(
      this.element,
      h("div", { class: "head" }, h("h1", {}, `${page.kind === "trial" ? "Trial" : "Range test"} ${page.job}`), this.state, h("p", { class: "soft" }, "of ", h("a", { href: links.sweep(this.sweep) }, this.sweep))),
      this.evidence,
      h(
        "div", { class: "cards" },
        card("Result", { width: "third" }, this.result),
        card("Configuration", { width: "third" }, this.facts),
        card(
          "Actions", { width: "third" },
          h("div", { class: "actions" },
            this.retrying,
            h("div", { class: "action" }, commandLine(() => command("why", this.sweep, this.job))),
            h("div", { class: "action" }, commandLine(() => command("show", this.sweep, this.job)))),
          this.retried, this.trace,
        ),
        ...(page.kind === "range_test"
          ? [card(`Loss and ${scoreWord()} against the learning rate`, { id: "range-test" }, this.noCurve, this.rangeTest.figure.element)]
          : [
            card(`Held-out ${scoreWord()}`, { width: "half" }, this.noCurve, this.accuracies.figure.element),
            card("Training loss", { width: "half" }, this.losses.figure.element),
          ]),
        card("Schedule", { width: "half" }, this.schedule.figure.element),
        card("Attempts", { width: "half" }, h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Attempts" }, h("table", {}, h("thead", {}, h("tr", {}, ...heads.map(head => h("th", { scope: "col" }, head)))), this.attempts))),
        card("Log", {}, this.noLog, this.log),
      ),
    );
  }

  private update(page: JobPage): void {
    mendPill(this.state, page.state);
    show(this.evidence, page.evidence !== null);
    setText(this.evidence, page.evidence ?? "");
    this.evidence.classList.toggle("warning", page.state !== "completed" && page.state !== "running");
    const at = page.trial?.configuration;
    const run = (page.trial ?? page.cell)?.run ?? null;
    setChildren(this.facts, pairs([
      ...(at === undefined ? cellPairs(page) : configurationPairs(at)),
      ...(page.trial === null ? [] : [["seed", `${page.trial.seed} (replicate ${page.trial.replicate})`] as const]),
      ...(page.trial?.plan === undefined || page.trial.plan === null ? [] : [["role", words(page.trial.plan.role)] as const, ["epochs planned", figure(page.trial.plan.epochs, 2)] as const, ["why", page.trial.plan.why] as const]),
      ...runPairs(run, this.sweep),
    ]));
    setChildren(this.result, resultOf(page));
    this.attemptRows.update(page.attempts);
    this.logLines.update(page.logs.map((line, index) => ({ ...line, key: `${line.at} ${index}` })));
    show(this.log, page.logs.length > 0);
    show(this.noLog, page.logs.length === 0);
    setChildren(this.trace, page.trace_link === null ? (page.trace_id === null ? null : `Trace ${page.trace_id}`) : h("a", { class: "button", href: page.trace_link }, "Open its trace"));
    setAttribute(this.retry, "aria-disabled", ["failed", "stopped", "out of memory"].includes(page.state) ? null : "true");
    this.drawCurves(page);
  }

  private drawCurves(page: JobPage): void {
    const curve = page.curve;
    const any = curve !== null && curve.curves.step.length > 0;
    show(this.noCurve, !any);
    for (const element of [this.losses, this.accuracies, this.schedule, this.rangeTest].map(chart => chart.figure.element)) {
      show(element, any || (element === this.schedule.figure.element && curve?.planned !== null && curve !== null));
    }
    if (curve === null) {
      return;
    }
    const draw = (chart: CurvesChart, measure: CurveMeasure, say: string): void => chart.update([{ name: this.job, curve }], measure, say);
    draw(this.losses, "train_loss", `Smoothed; ${things(curve.curves.step.length, "step")} recorded.`);
    draw(this.accuracies, "accuracy", `${things(pointsOf(curve, "accuracy").length, "reading")} on held-out images.`);
    this.rangeTest.update(curve, findingsOf(page.cell), rangeTestWords(page.cell ?? undefined));
    const running = page.state === "running";
    this.schedule.update([{ name: this.job, curve, step: running ? page.progress?.step ?? curve.curves.step.at(-1) ?? 0 : null }], running ? "The marker stands where it is now." : "As it ran.");
  }

  private async putBack(): Promise<void> {
    if (this.retry.getAttribute("aria-disabled") === "true") {
      this.say(`It is ${this.page?.state ?? "unknown"}: only a job that failed, ran out of memory or was stopped can be retried.`);
      return;
    }
    try {
      this.say((await post<{ message: string }>(sweepPath(this.sweep, "/retry"), { jobs: [this.job] })).message);
      this.read();
    } catch (problem) {
      this.say(problem instanceof Error ? problem.message : String(problem));
    }
  }

  private say(message: string): void {
    setText(this.retried, message);
    announce(message);
  }

  private fail(message: string): void {
    this.laid = false;
    setChildren(
      this.element,
      h("div", { class: "head" }, h("h1", {}, this.job)),
      failure(message, () => void this.open()),
      h("p", {}, h("a", { href: links.sweep(this.sweep) }, `Back to ${this.sweep}`)),
    );
  }
}

/** A configuration as terms. */
export function configurationPairs(at: Configuration): readonly (readonly [string, Child])[] {
  return [
    ["max LR", rate(at.max_learning_rate)], ["batch size", String(at.batch_size)], ["weight decay", rate(at.weight_decay)], ["dropout", rate(at.dropout)],
    ...(at.train_size === null ? [] : [["training images", count(at.train_size)] as const]),
  ];
}

function cellPairs(page: JobPage): readonly (readonly [string, Child])[] {
  const key = page.cell?.key;
  return key === undefined ? [] : [
    ["batch size", String(key.batch_size)], ["weight decay", rate(key.weight_decay)], ["dropout", rate(key.dropout)],
    ...(page.cell?.repeat === null || page.cell?.repeat === undefined ? [] : [["repeats", `R-${String(page.cell.repeat.of).padStart(3, "0")}: ${page.cell.repeat.why}`] as const]),
  ];
}

function runPairs(run: RunInfo | null, sweep: string): readonly (readonly [string, Child])[] {
  return run === null ? [] : [
    ["ran on", `${run.worker} (${run.device})`], ["took", duration(run.seconds)], ["speed", `${figure(run.images_per_second, 0)} images/s`],
    ["parameters", count(run.parameters)], ["steps", count(run.steps)],
    ...(typeof run.memory_bytes === "number" ? [["training memory", `${figure(run.memory_bytes / 1048576, 1)} MiB`] as const] : []),
    ...(run.resumed_from_step > 0 ? [["resumed from", `step ${count(run.resumed_from_step)}`] as const] : []),
    ...(run.reused_from === null ? [] : [["result of", h("a", { href: links.job(run.reused_from.sweep || sweep, run.reused_from.short_name) }, `${run.reused_from.sweep}/${run.reused_from.short_name}`)] as const]),
    ["versions", run.versions],
  ];
}

function scoreOf(page: JobPage): TrialScore | null {
  const outcome = page.trial?.outcome;
  return outcome?.kind === "trained" || outcome?.kind === "resume_checked" ? outcome.score : null;
}

function resultOf(page: JobPage): HTMLElement {
  const score = scoreOf(page);
  const findings = findingsOf(page.cell);
  const progress = page.progress;
  if (score !== null) {
    return figures([[`validation ${scoreWord()}`, percent(score.validation_accuracy)], [`test ${scoreWord()}`, percent(score.test_accuracy)], ["training loss", loss(score.train_loss)], ["test loss", loss(score.test_loss)]]);
  }
  if (findings !== null) {
    return figures([["super-convergence", words(findings.verdict)], ["max LR", rate(findings.max_learning_rate)], [`best ${scoreWord()}`, percent(findings.best_accuracy)], ["diverged at", rate(findings.diverged_at)]]);
  }
  if (progress !== null) {
    return figures([
      ["step", `${count(progress.step)} of ${count(progress.total_steps)}`], ["learning rate", rate(progress.learning_rate)], ["training loss", loss(progress.train_loss)],
      [scoreWord(), percent(progress.accuracy)], ["images/s", figure(progress.images_per_second, 0)], ["left", duration(progress.seconds_left)],
    ]);
  }
  return h("p", { class: "empty" }, page.state === "running" ? "Starting." : `No result: ${page.state}.`);
}

function figures(entries: readonly (readonly [string, string])[]): HTMLElement {
  return h("dl", { class: "figures" }, ...entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function makeAttempt(attempt: JobAttempt): HTMLElement {
  return h("tr", {}, h("th", { scope: "row" }, String(attempt.number)), h("td", {}, attempt.worker), h("td", {}, moment(attempt.started_at)), h("td", { class: "number" }), h("td"), h("td"), h("td", {}, attempt.trace_link === null ? "–" : h("a", { href: attempt.trace_link }, "trace")));
}

function mendAttempt(element: HTMLElement, attempt: JobAttempt): void {
  const [, , , took, ended, why] = [...element.children];
  const texts: readonly (readonly [Element | undefined, string])[] = [
    [took, attempt.ended_at === null ? "–" : duration((Date.parse(attempt.ended_at) - Date.parse(attempt.started_at)) / 1000)],
    [ended, attempt.ended_as === null ? "runs" : words(attempt.ended_as)], [why, attempt.reason ?? ""],
  ];
  texts.forEach(([cell, text]) => cell !== undefined && setText(cell, text));
}
