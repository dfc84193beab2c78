/** What stands where accuracies do, of the sweep that is looked at: accuracy, or R² where numbers are predicted. */
let word = "accuracy";

/** Takes it from what the silo sends; draw afterwards. */
export function useScore(score: string): void {
  word = score === "r2" ? "R²" : "accuracy";
}

/** The word. */
export function scoreWord(): string {
  return word;
}

/** Unit of losses. */
export function lossUnit(): string {
  return word === "accuracy" ? "nats" : "variances of the target";
}
