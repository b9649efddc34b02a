import { expect, test } from 'vitest';
import { Confusion, isSameCell } from '../../web/src/confusion.js';

// 10 cats of which 7 were recognised, 5 dogs, and no bird; something was taken for one.
const animals = new Confusion(Uint32Array.of(
  7, 2, 1,
  0, 5, 0,
  0, 0, 0,
));
const cell = (actual: number, predicted: number) => ({ actual, predicted });

test('it counts', () => {
  expect([animals.classes, animals.total, animals.right]).toEqual([3, 15, 12]);
  expect(animals.at(cell(0, 1))).toBe(2);
  expect(animals.at(cell(1, 0))).toBe(0);
});

test('recall is a share of a row, precision one of a column, and neither is known where there is nothing', () => {
  expect([0, 1, 2].map((i) => animals.recall(i))).toEqual([0.7, 1, undefined]);
  expect([0, 1, 2].map((i) => animals.precision(i))).toEqual([1, 5 / 7, 0]);
  expect(new Confusion(Uint32Array.of(3, 0, 1, 0)).precision(1)).toBeUndefined();
});

test('the share of a cell is one of its row, also of an empty one', () => {
  expect(animals.share(cell(0, 1))).toBe(0.2);
  expect(animals.share(cell(1, 1))).toBe(1);
  expect(animals.share(cell(2, 0))).toBe(0);
});

test('the worst mistake is the most frequent one, the first of equals, and none where all is right', () => {
  expect(animals.worst).toEqual(cell(0, 1));
  expect(new Confusion(Uint32Array.of(1, 3, 3, 9)).worst).toEqual(cell(0, 1));
  expect(new Confusion(Uint32Array.of(1, 0, 0, 9)).worst).toBeUndefined();
});

test('the next cell in a direction is one that is not empty', () => {
  expect(animals.next(cell(0, 1), { actual: 0, predicted: 1 })).toEqual(cell(0, 2));
  expect(animals.next(cell(0, 2), { actual: 0, predicted: 1 })).toBeUndefined();
  expect(animals.next(cell(0, 1), { actual: 1, predicted: 0 })).toEqual(cell(1, 1));
  expect(animals.next(cell(2, 0), { actual: -1, predicted: 0 })).toEqual(cell(0, 0));
  expect(animals.next(cell(1, 1), { actual: 0, predicted: -1 })).toBeUndefined();
});

test('cells are the same by where they are', () => {
  expect(isSameCell(cell(1, 2), cell(1, 2))).toBe(true);
  expect(isSameCell(cell(1, 2), cell(2, 1))).toBe(false);
  expect(isSameCell(undefined, cell(0, 0))).toBe(false);
});
