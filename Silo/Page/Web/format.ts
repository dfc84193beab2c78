/** Numbers as people read them: points as decimal marks, units spelled, nothing where nothing was measured. */

export const NOTHING = "–";

/** A share as a percentage: 93.21%. */
export function percent(share: number | null | undefined, digits = 2): string {
  return share === null || share === undefined ? NOTHING : `${(100 * share).toFixed(digits)}%`;
}

/** A mean share with the deviation over seeds: 93.21 ± 0.12%. */
export function percentWithDeviation(share: number | null | undefined, deviation: number | null | undefined): string {
  if (share === null || share === undefined) {
    return NOTHING;
  }
  return deviation === null || deviation === undefined ? percent(share) : `${(100 * share).toFixed(2)} ± ${(100 * deviation).toFixed(2)}%`;
}

/** A rate or a weight decay: three digits, without a long row of zeros. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  return size >= 0.001 && size < 10_000 ? String(Number(value.toPrecision(3))) : value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
}

/** A plain figure: at most so many digits behind the point. */
export function figure(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined || !Number.isFinite(value) ? NOTHING : String(Number(value.toFixed(digits)));
}

/** A loss: four digits. */
export function loss(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? NOTHING : value.toPrecision(4);
}

/** A count with thin spaces between thousands. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A number of things: 1 trial, 2 trials. */
export function things(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A duration: 12 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return NOTHING;
  }
  if (seconds < 10) {
    return `${Number(seconds.toFixed(1))} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    const rest = whole % 60;
    return `${Math.floor(whole / 60)} min${rest > 0 ? ` ${rest} s` : ""}`;
  }
  const minutes = Math.round(whole / 60);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}

/** A moment, in the reader's own time zone. */
export function moment(at: string | null | undefined): string {
  if (at === null || at === undefined) {
    return NOTHING;
  }
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A word of the program as words: stopped_early and StoppedEarly are "stopped early". */
export function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
}
