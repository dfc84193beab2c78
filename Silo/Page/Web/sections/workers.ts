import type { RunningJob, WorkerStatus } from "../api.js";
import { h, KeyedList, setAttribute, setText, show } from "../dom.js";
import { count, duration, figure, loss, percent, rate, things } from "../format.js";
import { card } from "../parts.js";
import { links } from "../router.js";

interface Slot {
  readonly worker: WorkerStatus;
  readonly jobs: readonly RunningJob[];
}

/** Devices, and what each does now. */
export class WorkersSection {
  private readonly list = h("ul", { class: "list" });
  private readonly none = h("p", { class: "empty" }, "No worker is there: no silo runs, or it is only starting.");
  private readonly rows: KeyedList<Slot>;
  readonly element = card("Workers", {}, this.list, this.none);

  constructor(private readonly sweep: string) {
    this.rows = new KeyedList<Slot>(this.list, slot => keyOf(slot.worker), slot => this.make(slot), (element, slot) => this.mend(element, slot));
  }

  update(workers: readonly WorkerStatus[], running: readonly RunningJob[]): void {
    this.rows.update(workers.map(worker => ({ worker, jobs: running.filter(job => job.worker === keyOf(worker)) })));
    show(this.none, workers.length === 0);
  }

  private make(slot: Slot): HTMLElement {
    const jobs = h("ul", { class: "list" });
    const element = h(
      "li", {},
      h("strong", {}, keyOf(slot.worker)),
      h("div", { class: "soft" }),
      jobs,
    );
    lists.set(element, new KeyedList<RunningJob>(jobs, job => job.key.short_name, job => this.makeJob(job), mendJob));
    return element;
  }

  private mend(element: HTMLElement, { worker, jobs }: Slot): void {
    const words = element.children[1];
    const others = worker.running.length - jobs.length;
    if (words !== undefined) {
      setText(words, [
        worker.device,
        ...(worker.memory_bytes > 0 ? [`${figure(worker.memory_bytes / 2 ** 30, 1)} GiB`] : []),
        things(worker.slots, "slot"), `${count(worker.jobs_done)} done`,
        ...(others > 0 ? [`${things(others, "job")} of other sweeps`] : []),
        ...(jobs.length + others <= 0 ? ["idle"] : []),
      ].join(" · "));
    }
    lists.get(element)?.update(jobs);
  }

  private makeJob(job: RunningJob): HTMLElement {
    return h("li", { class: "worker" }, h("a", { href: links.job(this.sweep, job.key.short_name) }, job.key.short_name), h("span", { class: "number" }), h("span", { class: "meter", "aria-hidden": "true" }, h("span")), h("span", { class: "soft" }));
  }
}

const lists = new WeakMap<HTMLElement, KeyedList<RunningJob>>();

function mendJob(element: HTMLElement, job: RunningJob): void {
  const [, place, meter, words] = [...element.children];
  const progress = job.progress;
  const share = progress === null || progress.total_steps === 0 ? 0 : progress.step / progress.total_steps;
  setAttribute(element, "data-job", job.key.short_name);
  if (place !== undefined && words !== undefined && meter?.firstElementChild instanceof HTMLElement) {
    setText(place, progress === null ? "starting" : `${percent(share, share < 0.1 ? 1 : 0)}${progress.seconds_left === null ? "" : `, ${duration(progress.seconds_left)} left`}`);
    meter.firstElementChild.style.width = `${100 * share}%`;
    setText(words, progress === null ? `attempt ${job.attempt}` : [
      `step ${count(progress.step)} of ${count(progress.total_steps)}`, `LR ${rate(progress.learning_rate)}`, `loss ${loss(progress.train_loss)}`,
      ...(progress.accuracy === null ? [] : [percent(progress.accuracy, 1)]), `${figure(progress.images_per_second, 0)} images/s`,
    ].join(" · "));
  }
}

function keyOf(worker: WorkerStatus): string {
  return `${worker.key.node}/${worker.key.device}`;
}
