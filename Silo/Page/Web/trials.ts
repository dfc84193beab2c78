import type { TrialColumns } from "./api.js";

/** A trial as the page needs it: a row of the silo's columns. */
export interface Trial {
  readonly number: number;
  readonly name: string;
  readonly cell: number;
  readonly maxLr: number | null;
  readonly batchSize: number;
  readonly weightDecay: number | null;
  readonly dropout: number | null;
  readonly trainSize: number | null;
  readonly replicate: number;
  readonly seed: number;
  readonly state: string;
  readonly role: string;
  readonly attempts: number;
  readonly plannedEpochs: number | null;
  readonly validation: number | null;
  readonly test: number | null;
  readonly trainLoss: number | null;
  readonly seconds: number | null;
  readonly epochs: number | null;
  readonly imagesPerSecond: number | null;
  readonly worker: string;
}

/** The short name of a trial: T-0003. */
export function trialName(number: number): string {
  return `T-${String(number).padStart(4, "0")}`;
}

/** The short name of a range test: R-003. */
export function rangeTestName(number: number): string {
  return `R-${String(number).padStart(3, "0")}`;
}

/** All trials of a sweep, by number. */
export class Trials {
  private readonly byNumber = new Map<number, Trial>();
  private ordered: Trial[] | null = null;

  /** Adds or replaces rows. */
  merge(columns: TrialColumns): void {
    const word = (index: number | undefined): string => (index === undefined || index < 0 ? "" : columns.words[index] ?? "");
    for (let i = 0; i < columns.count; i++) {
      const number = columns.number[i] ?? 0;
      this.byNumber.set(number, {
        number,
        name: trialName(number),
        cell: columns.cell[i] ?? 0,
        maxLr: columns.max_lr[i] ?? null,
        batchSize: columns.batch_size[i] ?? 0,
        weightDecay: columns.weight_decay[i] ?? null,
        dropout: columns.dropout[i] ?? null,
        trainSize: columns.train_size[i] ?? null,
        replicate: columns.replicate[i] ?? 0,
        seed: columns.seed[i] ?? 0,
        state: word(columns.state[i]),
        role: word(columns.role[i]),
        attempts: columns.attempts[i] ?? 0,
        plannedEpochs: columns.planned_epochs[i] ?? null,
        validation: columns.validation_accuracy[i] ?? null,
        test: columns.test_accuracy[i] ?? null,
        trainLoss: columns.train_loss[i] ?? null,
        seconds: columns.seconds[i] ?? null,
        epochs: columns.epochs[i] ?? null,
        imagesPerSecond: columns.images_per_second[i] ?? null,
        worker: word(columns.worker[i]),
      });
    }
    this.ordered = null;
  }

  clear(): void {
    this.byNumber.clear();
    this.ordered = null;
  }

  get(number: number): Trial | undefined {
    return this.byNumber.get(number);
  }

  /** All, by number. */
  get all(): readonly Trial[] {
    this.ordered ??= [...this.byNumber.values()].sort((a, b) => a.number - b.number);
    return this.ordered;
  }
}

/** The accuracy that a trial is judged by. */
export function accuracyOf(trial: Trial, selectBy: "validation" | "test"): number | null {
  return selectBy === "test" ? trial.test : trial.validation ?? trial.test;
}
