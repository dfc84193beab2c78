import type { AnalysisPage, JobCurve, WorkerStatus } from "../api.js";
import { h, setChildren, setText } from "../dom.js";
import { moment } from "../format.js";
import { get, Refused, sweepPath } from "../http.js";
import { failure, throttled } from "../parts.js";
import { links } from "../router.js";
import { useScore } from "../score.js";
import { ActionsSection } from "../sections/actions.js";
import { LandscapeSection } from "../sections/landscape.js";
import { LeaderboardSection } from "../sections/leaderboard.js";
import { LearningSection } from "../sections/learning.js";
import { EventsSection, exportSection, specSection } from "../sections/more.js";
import { ProgressSection } from "../sections/progress.js";
import { RangeTestsSection } from "../sections/range-tests.js";
import { TrialsTableSection } from "../sections/trials-table.js";
import { endedOf, VerdictSection } from "../sections/verdict.js";
import { WorkersSection } from "../sections/workers.js";
import { mendPill, pill, sweepState } from "../states.js";
import { SweepModel, type Changes } from "../sweep-model.js";
import type { Frame, View } from "../view.js";

/** Milliseconds after which a silo that did not answer is asked again. */
const AGAIN_AFTER = 3_000;

/** A sweep: what is best so far first, then what goes on, then everything that was measured. */
export class SweepView implements View {
  readonly element: HTMLElement;
  readonly title: string;
  private readonly state = pill("");
  private readonly words = h("p", { class: "soft" });
  private readonly verdict = new VerdictSection();
  private readonly progress = new ProgressSection();
  private readonly workers: WorkersSection;
  private readonly leaderboard: LeaderboardSection;
  private readonly rangeTests: RangeTestsSection;
  private readonly learning: LearningSection;
  private readonly landscape: LandscapeSection;
  private readonly table: TrialsTableSection;
  private readonly actions: ActionsSection;
  private readonly events = new EventsSection();
  private readonly stop = new AbortController();
  private model: SweepModel | null = null;
  private devices: readonly WorkerStatus[] = [];
  private wasLost = false;
  private again = 0;
  private testsRead = -1;
  private analysedAfter = -1;

  // What costs more than a few elements is done at most so often, in milliseconds.
  private readonly drawLandscape = throttled(2_000, () => this.model !== null && this.landscape.update(this.model.trials.all, this.model.view.select_by));
  private readonly drawTable = throttled(500, () => this.model !== null && this.table.update(this.model.trials.all));
  private readonly readAnalysis = throttled(15_000, () => void this.analyse());
  private readonly readWorkers = throttled(5_000, () => void this.lookAtWorkers());
  private readonly readTests = throttled(2_000, () => void this.lookAtTests());

  constructor(private readonly name: string, private readonly frame: Frame) {
    this.title = name;
    this.element = h("div", {}, h("div", { class: "head" }, h("h1", {}, name)), h("p", { class: "empty" }, "Reading …"));
    this.workers = new WorkersSection(name);
    this.leaderboard = new LeaderboardSection(name, async () => (await this.model?.readPage())?.leaderboard ?? []);
    this.rangeTests = new RangeTestsSection(name);
    this.learning = new LearningSection(name, job => {
      location.hash = links.job(name, job);
    });
    this.table = new TrialsTableSection(name);
    this.landscape = new LandscapeSection(chosen => this.table.choose(chosen));
    this.actions = new ActionsSection(name, () => void this.readAgain());
    void this.open();
  }

  close(): void {
    this.stop.abort();
    clearTimeout(this.again);
    this.model?.close();
    [this.drawLandscape, this.drawTable, this.readAnalysis, this.readWorkers, this.readTests].forEach(call => call.stop());
    this.rangeTests.close();
    this.learning.close();
    this.landscape.close();
  }

  private async open(): Promise<void> {
    try {
      const model = await SweepModel.open(this.name, {
        changed: changes => this.update(changes),
        connection: state => {
          this.frame.connection(state);
          if (state === "connected" && this.wasLost) {
            void this.readAgain(); // what the stream does not carry may have changed with the silo
          }
          this.wasLost = state === "lost";
        },
        gone: reason => this.gone(reason),
      }, this.stop.signal);
      if (this.stop.signal.aborted) {
        model.close();
        return;
      }
      this.model = model;
      this.devices = model.page.workers;
      this.lay(model);
      this.update({ view: true, cells: true, trials: true, curves: true });
    } catch (problem) {
      if (this.stop.signal.aborted) {
        return;
      }
      const words = problem instanceof Error ? problem.message : String(problem);
      if (problem instanceof Refused && (problem.status === 0 || problem.status >= 502)) {
        this.again = setTimeout(() => void this.open(), AGAIN_AFTER); // a silo that is started anew
      }
      this.frame.connection(problem instanceof Refused && problem.status === 0 ? "lost" : "none");
      setChildren(this.element, h("div", { class: "head" }, h("h1", {}, this.name)), failure(words, () => {
        clearTimeout(this.again);
        void this.open();
      }), h("p", {}, h("a", { href: links.sweeps }, "All sweeps")));
    }
  }

  private lay(model: SweepModel): void {
    setChildren(
      this.element,
      h("div", { class: "head" }, h("h1", {}, this.name), this.state, this.words),
      h(
        "div", { class: "cards" },
        h("div", { class: "column two-thirds" }, this.verdict.element, this.progress.element, this.events.element),
        h("div", { class: "column third" }, this.workers.element, this.actions.element),
        this.leaderboard.element,
        this.learning.curves, this.learning.schedules,
        this.rangeTests.element,
        this.landscape.heatMap, this.landscape.importance,
        this.landscape.parallel,
        this.table.element,
        exportSection(this.name), specSection(model.page),
      ),
    );
    const data = model.page.spec["data"] as { set?: string } | undefined;
    const network = model.page.spec["model"] as { name?: string } | string | undefined;
    const name = typeof network === "string" ? network : network?.name;
    setText(this.words, [...(name === undefined ? [] : [name]), ...(data?.set === undefined ? [] : [`on ${data.set}`]), `started ${moment(model.page.created_at)}${model.page.submitted_by === null ? "" : ` by ${model.page.submitted_by}`}`].join(" · "));
  }

  private update(changes: Changes): void {
    const model = this.model;
    if (model === null) {
      return;
    }
    const { view } = model;
    useScore(view.score);
    if (changes.view) {
      const state = sweepState(view, model.atWork);
      mendPill(this.state, state);
      this.verdict.update(view, model.atWork);
      this.progress.update(view);
      this.workers.update(this.devices, view.running);
      this.leaderboard.update(view, model.page.ranked);
      this.actions.update(view, model.atWork, model.page.limits);
      this.actions.allow(model.page.may_change);
      this.events.update(view.events);
      const { ended, total } = endedOf(view);
      this.frame.title(`${state === "running" ? `${ended}/${total} ` : ""}${this.name}`);
      this.readWorkers();
      if (ended !== this.analysedAfter) {
        this.readAnalysis();
      }
    }
    if (changes.view || changes.curves) {
      this.learning.update(view, model.running);
    }
    if (changes.cells || changes.curves) {
      this.rangeTests.update(model.cells, model.running.values());
    }
    if (changes.cells) {
      const done = [...model.cells.values()].filter(cell => cell.outcome !== null).length;
      if (done !== this.testsRead) {
        this.readTests();
      }
    }
    if (changes.trials) {
      this.drawTable();
      this.drawLandscape();
    }
  }

  private async lookAtTests(): Promise<void> {
    const done = [...(this.model?.cells.values() ?? [])].filter(cell => cell.outcome !== null).length;
    if (done === this.testsRead) {
      return;
    }
    await this.attempt(async () => {
      this.rangeTests.take(done === 0 ? [] : await get<JobCurve[]>(sweepPath(this.name, "/range-tests"), this.stop.signal));
      this.testsRead = done;
    });
  }

  private async lookAtWorkers(): Promise<void> {
    await this.attempt(async () => {
      this.devices = await get<WorkerStatus[]>("workers", this.stop.signal);
      this.workers.update(this.devices, this.model?.view.running ?? []);
    });
  }

  private async analyse(): Promise<void> {
    const { ended } = this.model === null ? { ended: 0 } : endedOf(this.model.view);
    try {
      const { analysis } = await get<AnalysisPage>(sweepPath(this.name, "/analysis"), this.stop.signal);
      this.analysedAfter = ended;
      this.landscape.analysis(analysis);
      this.verdict.analysis(analysis);
    } catch (problem) {
      if (!this.stop.signal.aborted && !(problem instanceof Refused && problem.status === 0)) {
        this.landscape.noAnalysis(problem instanceof Error ? problem.message : String(problem));
      }
    }
  }

  private async readAgain(): Promise<void> {
    await this.attempt(async () => {
      await this.model?.readPage();
      this.update({ view: true, cells: false, trials: false, curves: false });
    });
  }

  /** What is read beside the stream may fail: the stream's own state says that the connection is lost, and it is read again later. */
  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (problem) {
      if (!(problem instanceof Refused) && !this.stop.signal.aborted) {
        throw problem;
      }
    }
  }

  private gone(reason: string): void {
    this.frame.connection("none");
    setChildren(this.element, h("div", { class: "head" }, h("h1", {}, this.name)), h("p", { class: "note warning", role: "alert" }, reason), h("p", {}, h("a", { href: links.sweeps }, "All sweeps")));
  }
}
