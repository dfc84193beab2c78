import { rate } from "../format.js";

/** One value of a hyperparameter, or an interval of them where there are too many to name. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly words: string;
}

const MOST_VALUES = 8;
const INTERVALS = 7;
// Range tests of two cells never suggest quite the same rate.
const NEARLY_EQUAL = 1.1;
// An interval as narrow as this is named by its middle.
const NEAR = 1.5;

/** Bins that hold all values, in rising order, without overlap. */
export function binsOf(values: readonly number[], mergeNear: boolean): readonly Bin[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const near: { low: number; high: number }[] = [];
  for (const value of sorted) {
    const last = near.at(-1);
    if (last !== undefined && mergeNear && value <= NEARLY_EQUAL * last.low) {
      last.high = value;
    } else {
      near.push({ low: value, high: value });
    }
  }
  if (near.length <= MOST_VALUES) {
    return near.map(withWords);
  }
  const [least, greatest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const isLogarithmic = least > 0 && greatest / least > 10;
  const place = (value: number): number => isLogarithmic ? Math.log(value / least) / Math.log(greatest / least) : (value - least) / (greatest - least);
  const groups = new Map<number, { low: number; high: number }>();
  for (const value of sorted) {
    const group = Math.min(INTERVALS - 1, Math.floor(place(value) * INTERVALS));
    const held = groups.get(group);
    groups.set(group, held === undefined ? { low: value, high: value } : { low: held.low, high: value });
  }
  return [...groups.values()].map(withWords);
}

/** Index of the bin that holds a value; -1 where none does. */
export function binAt(bins: readonly Bin[], value: number): number {
  return bins.findIndex(bin => value >= bin.low && value <= bin.high);
}

function withWords({ low, high }: { low: number; high: number }): Bin {
  const short = (value: number): string => rate(Number(value.toPrecision(2)));
  const near = low > 0 && high / low < NEAR;
  return { low, high, words: low === high ? rate(low) : near || short(low) === short(high) ? `≈ ${short(Math.sqrt(low * high))}` : `${short(low)}–${short(high)}` };
}
