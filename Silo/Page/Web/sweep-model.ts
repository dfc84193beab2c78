import type { CellRecord, JobCurve, SweepPage, SweepView, WorkerStatus } from "./api.js";
import { get, sweepPath } from "./http.js";
import { SweepStream, type Connection } from "./stream.js";
import { Trials } from "./trials.js";

/** What has changed since the last call. */
export interface Changes {
  readonly view: boolean;
  readonly cells: boolean;
  readonly trials: boolean;
  readonly curves: boolean;
}

interface Listeners {
  readonly changed: (changes: Changes) => void;
  readonly connection: (state: Connection) => void;
  readonly gone: (reason: string) => void;
}

/** A sweep as the silo tells it: read once, then kept up to date by the stream. Changes are told at most once a frame. */
export class SweepModel {
  readonly trials = new Trials();
  readonly cells = new Map<number, CellRecord>();
  /** Curves of jobs that run now, by job. */
  readonly running = new Map<string, JobCurve>();
  private readonly stream: SweepStream;
  private pending = { view: false, cells: false, trials: false, curves: false };
  private waiting = false;
  private closed = false;

  private constructor(
    public page: SweepPage,
    public view: SweepView,
    private readonly listeners: Listeners,
  ) {
    this.trials.merge(page.trials);
    page.cells.forEach(cell => this.cells.set(cell.number, cell));
    this.stream = new SweepStream(
      view.name,
      page.mark,
      {
        reset: () => {
          this.trials.clear();
          this.cells.clear();
          this.running.clear();
        },
        cells: cells => this.note("cells", () => cells.forEach(cell => this.cells.set(cell.number, cell))),
        trials: columns => this.note("trials", () => this.trials.merge(columns)),
        curves: curves => this.note("curves", () => {
          this.running.clear();
          curves.forEach(curve => this.running.set(curve.job, curve));
        }),
        points: curves => this.note("curves", () => curves.forEach(curve => this.running.set(curve.job, joined(this.running.get(curve.job), curve)))),
        view: next => this.note("view", () => this.take(next)),
        gone: refusal => listeners.gone(refusal.message),
      },
      listeners.connection,
      listeners.gone,
    );
  }

  /** Reads a sweep and follows it. */
  static async open(name: string, listeners: Listeners, stop: AbortSignal): Promise<SweepModel> {
    const page = await get<SweepPage>(sweepPath(name), stop);
    return new SweepModel(page, page.view, listeners);
  }

  /** Whether anybody works on it: what the silo said last. */
  get atWork(): boolean {
    return this.page.at_work || this.view.running.length > 0;
  }

  /** Devices, read again. */
  async readWorkers(): Promise<readonly WorkerStatus[]> {
    return get<WorkerStatus[]>("workers");
  }

  /** The whole page, read again: what the stream does not carry. */
  async readPage(): Promise<SweepPage> {
    const page = await get<SweepPage>(sweepPath(this.view.name));
    this.page = page;
    return page;
  }

  close(): void {
    this.closed = true;
    this.stream.close();
  }

  private take(next: SweepView): void {
    this.view = next;
    const names = new Set(next.running.map(job => job.key.short_name));
    for (const job of this.running.keys()) {
      if (!names.has(job)) {
        this.running.delete(job);
        this.pending.curves = true;
      }
    }
  }

  private note(what: keyof Changes, change: () => void): void {
    change();
    this.pending[what] = true;
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        const changes = this.pending;
        this.pending = { view: false, cells: false, trials: false, curves: false };
        if (!this.closed) {
          this.listeners.changed(changes);
        }
      });
    }
  }
}

/** A curve with new points at its end; another attempt, or one that is new, stands for itself. */
function joined(so: JobCurve | undefined, more: JobCurve): JobCurve {
  const last = so?.curves.step.at(-1);
  const first = more.curves.step[0];
  if (so === undefined || so.attempt !== more.attempt || (more.planned !== null && first !== undefined && last !== undefined && first <= last)) {
    return more;
  }
  return {
    ...so,
    live: more.live,
    total_steps: more.total_steps ?? so.total_steps,
    curves: {
      step: [...so.curves.step, ...more.curves.step],
      learning_rate: [...so.curves.learning_rate, ...more.curves.learning_rate],
      momentum: [...so.curves.momentum, ...more.curves.momentum],
      train_loss: [...so.curves.train_loss, ...more.curves.train_loss],
      smoothed_loss: [...so.curves.smoothed_loss, ...more.curves.smoothed_loss],
      evaluations: [...so.curves.evaluations, ...more.curves.evaluations],
    },
  };
}
