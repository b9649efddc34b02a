import { expect, test } from 'vitest';
import { intervalOfMedian, median } from '../../tools/bench/median.mjs';

/** 1, 2, … n in a mixed order, so that a number is its own rank. 1009 is prime. */
const ranks = (n: number) => Array.from({ length: n }, (_, i) => i + 1).sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009));

test('the median lies in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('the interval of a median is that of tables of order statistics', () => {
  const tables = { 6: [1, 6], 8: [1, 8], 9: [2, 8], 15: [4, 12], 20: [6, 15], 25: [8, 18], 50: [18, 33], 100: [40, 61] };
  for (const [n, interval] of Object.entries(tables)) expect(intervalOfMedian(ranks(Number(n))), `${n} numbers`).toEqual(interval);
  expect(intervalOfMedian(ranks(15), 0.99)).toEqual([3, 13]);
});

test('five numbers are too few for 95 %', () => {
  expect(intervalOfMedian(ranks(5))).toEqual([-Infinity, Infinity]);
});

test('the interval holds the true median as often as it says', () => {
  let seed = 1;
  // Of a distribution that leans to one side, with the median 0.25.
  const random = () => ((seed = (seed * 48271) % 2147483647) / 2147483647) ** 2;
  let held = 0;
  for (let i = 0; i < 2000; i++) {
    const [low, high] = intervalOfMedian(Array.from({ length: 15 }, random));
    if (low <= 0.25 && 0.25 <= high) held++;
  }
  // 96.5 %: what 4 and 12 of 15 give.
  expect(held / 2000).toBeGreaterThan(0.955);
  expect(held / 2000).toBeLessThan(0.975);
});
