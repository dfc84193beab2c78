import type { JobCurve, JobPage } from "../api.js";
import { CurvesChart, type CurveMeasure } from "../charts/curves.js";
import { ScheduleChart } from "../charts/schedule.js";
import { h, setChildren, setText } from "../dom.js";
import { duration, figure, loss, percent, rate } from "../format.js";
import { get, sweepPath } from "../http.js";
import { card, commandLine, failure } from "../parts.js";
import { links, MOST_COMPARED } from "../router.js";
import { scoreWord, useScore } from "../score.js";
import { command } from "../session.js";
import { pill } from "../states.js";
import type { Frame, View } from "../view.js";

const EVERY = 3_000;

interface Row {
  readonly name: string | (() => string);
  readonly of: (page: JobPage) => string;

}

const ROWS: readonly Row[] = [
  { name: () => `validation ${scoreWord()}`, of: page => percent(score(page)?.validation_accuracy) },
  { name: () => `test ${scoreWord()}`, of: page => percent(score(page)?.test_accuracy) },
  { name: "training loss", of: page => loss(score(page)?.train_loss) },
  { name: "max LR", of: page => rate(page.trial?.configuration.max_learning_rate) },
  { name: "batch size", of: page => figure(page.trial?.configuration.batch_size) },
  { name: "weight decay", of: page => rate(page.trial?.configuration.weight_decay) },
  { name: "dropout", of: page => rate(page.trial?.configuration.dropout) },
  { name: "epochs", of: page => figure(page.trial?.run?.epochs ?? page.trial?.plan?.epochs, 2) },
  { name: "seed", of: page => String(page.trial?.seed ?? "–") },
  { name: "time", of: page => duration(page.trial?.run?.seconds) },
  { name: "images/s", of: page => figure(page.trial?.run?.images_per_second, 0) },
  { name: "worker", of: page => page.trial?.run?.worker ?? "–" },
  { name: "attempts", of: page => String(page.trial?.attempts ?? 0) },
];

/** Chosen trials side by side: curves on the same axes, and what differs between them. */
export class CompareView implements View {
  readonly element: HTMLElement;
  readonly title = "Compare";
  private readonly scoreOption = h("option", { value: "accuracy" }, "held-out accuracy");
  private readonly measure: HTMLSelectElement;
  private readonly curves: CurvesChart;
  private readonly schedule = new ScheduleChart("Schedules");
  private readonly table = h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Comparison" });
  private readonly problem = h("div");
  private readonly stop = new AbortController();
  private timer = 0;
  private read: readonly JobCurve[] = [];

  constructor(private readonly sweep: string, private readonly jobs: readonly string[], private readonly frame: Frame) {
    this.measure = h(
      "select", { change: () => this.draw() },
      this.scoreOption, h("option", { value: "held_out_loss" }, "held-out loss"), h("option", { value: "train_loss" }, "training loss"),
    );
    this.curves = new CurvesChart("Learning curves of the chosen trials", job => {
      location.hash = links.job(sweep, job);
    });
    const name = h("input", { type: "text", id: "add", placeholder: "T-0003", autocomplete: "off", spellcheck: "false" });
    this.element = h(
      "div", {},
      h("div", { class: "head" }, h("h1", {}, "Compare trials"), h("p", { class: "soft" }, "of ", h("a", { href: links.sweep(sweep) }, sweep))),
      this.problem,
      h(
        "div", { class: "cards" },
        card(
          "What differs", {}, this.table,
          h("form", {
            class: "filters", submit: event => {
              event.preventDefault();
              const job = name.value.trim().toUpperCase();
              if (job !== "" && jobs.length < MOST_COMPARED) {
                location.hash = links.compare(sweep, [...jobs, job]);
              }
            },
          }, h("label", { for: "add" }, "Add a trial", name), h("button", { type: "submit" }, "Add"), commandLine(() => command("show", sweep))),
        ),
        card("Learning curves", { width: "half" }, h("label", {}, "Show", this.measure), this.curves.figure.element),
        card("Schedules", { width: "half" }, this.schedule.figure.element),
      ),
    );
    void this.readAll();
  }

  close(): void {
    this.stop.abort();
    clearTimeout(this.timer);
    this.curves.figure.close();
    this.schedule.figure.close();
  }

  private async readAll(): Promise<void> {
    try {
      if (this.jobs.length === 0) {
        setChildren(this.problem, h("p", { class: "note" }, "No trial is chosen: add some below, or choose them in the table of all trials."));
        return;
      }
      const [curves, ...pages] = await Promise.all([
        get<JobCurve[]>(sweepPath(this.sweep, `/curves?jobs=${this.jobs.map(encodeURIComponent).join(",")}`), this.stop.signal),
        ...this.jobs.map(job => get<JobPage>(sweepPath(this.sweep, `/jobs/${encodeURIComponent(job)}`), this.stop.signal)),
      ]);
      this.frame.connection("connected");
      setChildren(this.problem);
      this.read = curves;
      useScore(pages[0]?.score ?? "accuracy");
      setText(this.scoreOption, `held-out ${scoreWord()}`);
      this.show(pages);
      this.draw();
      if (pages.some(page => page.state === "running" || page.state === "ready" || page.state === "waiting")) {
        this.timer = setTimeout(() => void this.readAll(), EVERY);
      }
    } catch (problem) {
      if (!this.stop.signal.aborted) {
        setChildren(this.problem, failure(problem instanceof Error ? problem.message : String(problem), () => void this.readAll()));
      }
    }
  }

  private show(pages: readonly JobPage[]): void {
    const best = Math.max(...pages.map(page => score(page)?.validation_accuracy ?? score(page)?.test_accuracy ?? -1));
    const rows = ROWS.map(row => ({ row, texts: pages.map(row.of) })).filter(({ texts }) => texts.some(text => text !== "–"));
    const differs = (texts: readonly string[]): boolean => new Set(texts).size > 1;
    setChildren(this.table, h(
      "table", { class: "compare" },
      h("caption", {}, "A dot marks what differs between them, a star the best."),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, ""), ...pages.map(page => h(
        "th", { scope: "col", class: "number" },
        h("a", { href: links.job(this.sweep, page.job) }, page.job),
        (score(page)?.validation_accuracy ?? score(page)?.test_accuracy) === best ? " ★" : "",
        h("button", {
          type: "button", class: "quiet", "aria-label": `Leave ${page.job} out`, click: () => {
            location.hash = links.compare(this.sweep, this.jobs.filter(job => job !== page.job));
          },
        }, "×"),
      )))),
      h(
        "tbody", {},
        h("tr", {}, h("th", { scope: "row" }, "state"), ...pages.map(page => h("td", { class: "number" }, pill(page.state)))),
        ...rows.map(({ row, texts }) => h("tr", { class: differs(texts) ? "differs" : null }, h("th", { scope: "row" }, `${typeof row.name === "string" ? row.name : row.name()}${differs(texts) ? " •" : ""}`), ...texts.map(text => h("td", { class: "number" }, text)))),
      ),
    ));
  }

  private draw(): void {
    const order = this.jobs.flatMap(job => this.read.filter(curve => curve.job === job));
    this.curves.update(order.map(curve => ({ name: curve.job, curve })), this.measure.value as CurveMeasure, "A click on a curve opens its trial.");
    this.schedule.update(order.map(curve => ({ name: curve.job, curve, step: curve.live ? curve.curves.step.at(-1) ?? 0 : null })), "Solid: learning rate, dashed: momentum.");
  }
}

function score(page: JobPage): { readonly validation_accuracy: number | null; readonly test_accuracy: number | null; readonly train_loss: number | null } | null {
  const outcome = page.trial?.outcome;
  return outcome?.kind === "trained" || outcome?.kind === "resume_checked" ? outcome.score : null;
}
