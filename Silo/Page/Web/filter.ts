import type { Trial } from "./trials.js";

/** A filter of trials in one line: words, and comparisons such as lr>0.1, batch=64, val>=90%. */
export type Filter =
  | { readonly ok: true; readonly keep: (trial: Trial) => boolean }
  | { readonly ok: false; readonly problem: string };

const FIGURES: Readonly<Record<string, (trial: Trial) => number | null>> = {
  lr: trial => trial.maxLr,
  batch: trial => trial.batchSize,
  wd: trial => trial.weightDecay,
  dropout: trial => trial.dropout,
  images: trial => trial.trainSize,
  epochs: trial => trial.epochs ?? trial.plannedEpochs,
  val: trial => trial.validation,
  test: trial => trial.test,
  loss: trial => trial.trainLoss,
  time: trial => trial.seconds,
  seed: trial => trial.seed,
  attempts: trial => trial.attempts,
};

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)),
};

/** Names that a comparison may have. */
export const FILTER_NAMES = Object.keys(FIGURES).join(", ");

/** Reads a filter; every part must hold. */
export function readFilter(text: string): Filter {
  const tests: ((trial: Trial) => boolean)[] = [];
  for (const part of text.trim().split(/\s+/).filter(word => word !== "")) {
    const found = /^([a-z]+)(<=|>=|<|>|=)(.*)$/i.exec(part);
    if (found === null) {
      const word = part.toLowerCase();
      tests.push(trial => [trial.name, trial.state, trial.role, trial.worker].some(entry => entry.toLowerCase().includes(word)));
      continue;
    }
    const [, name = "", sign = "", given = ""] = found;
    const figure = FIGURES[name.toLowerCase()];
    const compare = COMPARE[sign];
    const value = given.endsWith("%") ? Number(given.slice(0, -1)) / 100 : Number(given);
    if (figure === undefined || compare === undefined) {
      return { ok: false, problem: `"${name}" is none of ${FILTER_NAMES}.` };
    }
    if (given === "" || !Number.isFinite(value)) {
      return { ok: false, problem: `"${part}" needs a number behind ${sign}, such as ${name}${sign}0.1 or val>90%.` };
    }
    tests.push(trial => {
      const measured = figure(trial);
      return measured !== null && compare(measured, value);
    });
  }
  return { ok: true, keep: trial => tests.every(test => test(trial)) };
}
