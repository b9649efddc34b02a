// What repeated measurements tell, however they are distributed.

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** For each k from 0 to n: how likely it is that n tosses of a coin show heads k times at most. */
function chancesOfAtMost(n) {
  const chances = [];
  let chance = 0.5 ** n;
  for (let heads = 0, total = 0; heads <= n; heads++) {
    chances.push(total += chance);
    chance *= (n - heads) / (heads + 1);
  }
  return chances;
}

/**
 * The interval from the k-th smallest to the k-th largest number, the narrowest that holds the true median with this confidence at least.
 * Each number lies below the true median or not, as a coin falls. All of the interval lies above the true median if fewer than k numbers
 * lie below it: that is as likely as fewer than k heads; and the same for the other side. Five numbers or fewer are not enough for 95 %:
 * then the interval is infinite.
 * @returns {[low: number, high: number]}
 */
export function intervalOfMedian(numbers, confidence = 0.95) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const k = chancesOfAtMost(sorted.length).filter((chance) => 2 * chance <= 1 - confidence).length;
  return [sorted[k - 1] ?? -Infinity, sorted[sorted.length - k] ?? Infinity];
}
