import type { SweepSummary, SweepView } from "./api.js";
import { h, setAttribute, setText } from "./dom.js";

type Kind = "good" | "busy" | "warn" | "bad" | "plain";

/** How a sweep or a job stands, as a word on a ground. The word says it, the ground only helps. */
export function pill(state: string, kind: Kind = kindOf(state)): HTMLElement {
  return h("span", { class: "pill", "data-kind": kind }, state);
}

/** Changes a pill in place. */
export function mendPill(element: Element, state: string): void {
  setText(element, state);
  setAttribute(element, "data-kind", kindOf(state));
}

/** A sweep that is to run and that nobody works on is interrupted. */
export function sweepState(sweep: Pick<SweepSummary, "status" | "interrupted"> | Pick<SweepView, "status">, atWork = true): string {
  const interrupted = "interrupted" in sweep ? sweep.interrupted : sweep.status === "running" && !atWork;
  return interrupted ? "interrupted" : sweep.status;
}

/** What a state is like. */
export function kindOf(state: string): Kind {
  switch (state) {
    case "completed":
    case "possible":
      return "good";
    case "running":
      return "busy";
    case "paused":
    case "interrupted":
    case "diverged":
    case "stopped":
    case "inconclusive":
      return "warn";
    case "cancelled":
    case "failed":
    case "lost":
    case "out of memory":
    case "not possible":
      return "bad";
    default:
      return "plain";
  }
}
