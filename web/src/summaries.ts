/** Few numbers that say what many are like. */

export interface Summary {
  least: number;
  greatest: number;
  /** The distance from 0 of the one farthest from it; 1 if all are 0, so that one can divide by it. */
  reach: number;
  zeros: number;
  /** The place of the greatest. */
  top: number;
}

/** Infinity and NaN, as in a run that diverges, are left out. */
export function summarize(values: ArrayLike<number>): Summary {
  let [least, greatest, zeros, top] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value === 0) zeros++;
    if (value < least) least = value;
    if (value > greatest) [greatest, top] = [value, i];
  }
  if (least > greatest) return { least: NaN, greatest: NaN, reach: 1, zeros, top };
  return { least, greatest, reach: Math.max(-least, greatest) || 1, zeros, top };
}

export interface Histogram {
  low: number;
  high: number;
  counts: readonly number[];
}

/** The ends of the bins that hold a share of the numbers around their middle: half of what is left over lies on either side. */
export function middleOf({ low, high, counts }: Histogram, share: number): [from: number, to: number] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tail = (total * (1 - share)) / 2;
  const width = (high - low) / counts.length;
  const first = firstBeyond(counts, tail);
  const last = counts.length - 1 - firstBeyond(counts.toReversed(), tail);
  return [low + first * width, low + (last + 1) * width];
}

/** The first bin with which there are more than `tail`. */
function firstBeyond(counts: readonly number[], tail: number): number {
  let sum = 0;
  return Math.max(0, counts.findIndex((count) => (sum += count) > tail));
}

/** The outline of a histogram as the path of an SVG, as wide as there are bins, and `height` high. */
export function outlineOf({ counts }: Histogram, height: number): string {
  const most = Math.max(...counts, 1);
  const steps = counts.map((count, i) => `V${(height * (1 - count / most)).toFixed(2)}H${i + 1}`);
  return `M0,${height}${steps.join('')}V${height}Z`;
}

/** The powers of ten around some numbers above 0, at least three decades apart, as exponents. */
export function decadesAround(numbers: readonly number[]): [low: number, high: number] {
  const logs = numbers.filter((number) => number > 0 && Number.isFinite(number)).map(Math.log10);
  if (logs.length === 0) return [-3, 0];
  // Plus 0, which makes 0 of the -0 that a number just below 1 leads to.
  const high = Math.ceil(Math.max(...logs)) + 0;
  return [Math.min(Math.floor(Math.min(...logs)), high - 3), high];
}

/** How far along a scale of decades a number is, from 0 to 1. */
export function shareOfDecades(number: number, [low, high]: readonly [number, number]): number {
  if (!(number > 0)) return 0;
  return Math.max(0, Math.min((Math.log10(number) - low) / (high - low), 1));
}

/** The size of several vectors, each given by its own, taken together. */
export const normOfNorms = (norms: readonly number[]): number => Math.hypot(...norms);
