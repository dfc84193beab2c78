import type { Configuration, LeaderboardRow, SweepAnalysis, SweepView } from "../api.js";
import { h, setChildren, setText, show } from "../dom.js";
import { duration, percentWithDeviation, rate, things, words } from "../format.js";
import { card } from "../parts.js";
import { scoreWord } from "../score.js";

/** A configuration in words. */
export function configurationWords(at: Configuration): string {
  return [
    `max LR ${rate(at.max_learning_rate)}`, `batch ${at.batch_size}`, `weight decay ${rate(at.weight_decay)}`, `dropout ${rate(at.dropout)}`,
    ...(at.train_size === null ? [] : [`${at.train_size} images`]),
  ].join(" · ");
}

/** Trials, or range tests where there are no trials, that have come to an end. */
export function endedOf(view: SweepView): { readonly ended: number; readonly total: number } {
  const counts = view.counts.total > 0 ? view.counts : view.range_tests;
  return { ended: counts.completed + counts.diverged + counts.failed + counts.stopped + counts.skipped + counts.stopped_early, total: counts.total };
}

/** First what one came for: what is best so far, by how much, and whether that is more than luck. */
export class VerdictSection {
  private readonly lead = h("p", { class: "lead" });
  private readonly best = h("p");
  private readonly standing = h("p", { class: "soft" });
  private readonly more = h("div");
  readonly element = card("Verdict", { kind: "verdict" }, this.lead, this.best, this.more, this.standing);

  update(view: SweepView, atWork: boolean): void {
    const [first, second] = view.leaders;
    const over = view.status === "completed";
    if (first === undefined) {
      setText(this.lead, view.counts.total === 0 ? "No trial was asked for: see the range tests." : over ? "No trial ran to its end." : "No trial has ended yet.");
      show(this.best, false);
    } else {
      setText(this.lead, `${over ? "Best" : "Best so far"}: ${percentWithDeviation(accuracyOf(first, view), deviationOf(first, view))} ${view.select_by} ${scoreWord()}${view.objective === view.score ? "" : `, chosen by ${view.own_objective ?? words(view.objective)}`}`);
      setText(this.best, `${configurationWords(first.configuration)}; ${first.replicates === 1 ? "one seed, so without a spread" : `mean of ${first.replicates} seeds`}. ${view.objective === view.score ? lead(view, first, second) : ""}`);
      show(this.best, true);
    }
    setText(this.standing, standing(view, atWork));
  }

  /** What the statistics say, once there are any. */
  analysis(analysis: SweepAnalysis): void {
    const { selection, claims, gaps } = analysis;
    setChildren(
      this.more,
      selection === null ? null : h("p", { class: selection.warned ? "note warning" : null }, selection.sentence),
      ...claims.filter(claim => claim.verdict !== "not_measured").map(claim => h("p", {}, claim.sentence)),
      gaps.length === 0 ? null : h("details", {}, h("summary", { class: "soft" }, "What the figures cannot say yet"), h("ul", {}, ...gaps.map(gap => h("li", {}, gap.needs)))),
    );
  }
}

function accuracyOf(row: LeaderboardRow, view: SweepView): number | null {
  return view.select_by === "test" ? row.test_accuracy : row.validation_accuracy ?? row.test_accuracy;
}

function deviationOf(row: LeaderboardRow, view: SweepView): number | null {
  return view.select_by === "validation" && row.validation_accuracy !== null ? row.validation_deviation : row.test_deviation;
}

/** By how much the first leads the second, and whether by more than two standard errors. */
function lead(view: SweepView, first: LeaderboardRow, second: LeaderboardRow | undefined): string {
  if (second === undefined) {
    return "";
  }
  const gap = (accuracyOf(first, view) ?? 0) - (accuracyOf(second, view) ?? 0);
  const [one, two] = [deviationOf(first, view), deviationOf(second, view)];
  const words = `It leads the second by ${(100 * gap).toFixed(2)} points`;
  if (gap < 0.00005) {
    return "The second is level with it.";
  }
  if (one === null || two === null) {
    return `${words}; with one seed each nobody can say whether that is more than luck.`;
  }
  const error = 2 * Math.sqrt(one * one / first.replicates + two * two / second.replicates);
  return gap > error ? `${words}, more than two standard errors.` : `${words}, less than two standard errors: the two are not separated.`;
}

function standing(view: SweepView, atWork: boolean): string {
  const { ended, total } = endedOf(view);
  const what = `${ended} of ${things(total, view.counts.total > 0 ? "trial" : "range test")} ended`;
  const reason = view.status_reason === null ? "" : ` (${view.status_reason})`;
  if (view.status === "running" && !atWork) {
    return `Interrupted: ${what}, and no silo works on it. The console's command "sweeper watch ${view.name}" goes on with it.`;
  }
  const left = view.status === "running" && view.seconds_left !== null ? `, about ${duration(view.seconds_left)} left` : "";
  return `${view.status.charAt(0).toUpperCase()}${view.status.slice(1)}${reason}: ${what}${left}.`;
}
