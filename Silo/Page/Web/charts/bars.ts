import { svg, setAttribute } from "../dom.js";

const WIDTH = 144;
const HEIGHT = 20;
const EDGE = 6;

/** Scale that the bars of a leaderboard share. */
export interface BarScale {
  readonly low: number;
  readonly high: number;
}

/** A mean with its deviation, as a dot on a line. */
export function errorBar(): SVGElement {
  return svg(
    "svg",
    { class: "error-bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("path", { d: `M${EDGE} ${HEIGHT / 2}H${WIDTH - EDGE}` }),
    svg("line", { y1: HEIGHT / 2, y2: HEIGHT / 2 }),
    svg("line", { y1: 5, y2: HEIGHT - 5 }),
    svg("line", { y1: 5, y2: HEIGHT - 5 }),
    svg("circle", { cy: HEIGHT / 2, r: 4 }),
  );
}

/** Moves a bar. */
export function mendErrorBar(bar: Element, scale: BarScale, mean: number, deviation: number | null): void {
  const place = (value: number): number => {
    const share = scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : 1;
    return Number((EDGE + Math.min(1, Math.max(0, share)) * (WIDTH - 2 * EDGE)).toFixed(1));
  };
  const [left, right] = [place(mean - (deviation ?? 0)), place(mean + (deviation ?? 0))];
  const [line, first, second] = [...bar.querySelectorAll("line")];
  const dot = bar.querySelector("circle");
  if (line !== undefined && first !== undefined && second !== undefined && dot !== null) {
    setAttribute(line, "x1", left);
    setAttribute(line, "x2", right);
    for (const [end, x] of [[first, left], [second, right]] as const) {
      setAttribute(end, "x1", x);
      setAttribute(end, "x2", x);
    }
    setAttribute(dot, "cx", place(mean));
  }
}

/** A share between two bounds, as a bar with a whisker. */
export function shareBar(share: number, lower: number, upper: number, most: number): SVGElement {
  const x = (value: number): number => Number((WIDTH * Math.min(1, Math.max(0, value / most))).toFixed(1));
  return svg(
    "svg",
    { class: "share-bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", preserveAspectRatio: "none" },
    svg("rect", { x: 0, y: 4, width: x(share), height: HEIGHT - 8 }),
    svg("line", { x1: x(lower), x2: x(upper), y1: HEIGHT / 2, y2: HEIGHT / 2 }),
  );
}
