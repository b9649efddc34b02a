import { createHash } from 'node:crypto';
import { load, type Dataset, type Toy } from 'toydl';
import { describe, expect, test } from 'vitest';
import { message } from './thrown.js';

const { Accuracy, Adam, CrossEntropy, Linear, Model, ReLU, Softmax, datasets } = await load();

/** The numbers of a data set. */
function numbers(dataset: Dataset) {
  const { x, y } = dataset.slice(0, dataset.size);
  const result = { x: x.toArray(), y: y.toArray() };
  x.dispose();
  y.dispose();
  return result;
}

const hash = ({ train, test }: { train: Dataset; test: Dataset }) =>
  [train, test].flatMap((set) => Object.values(numbers(set)))
    .reduce((sum, values) => sum.update(new Uint8Array(values.buffer)), createHash('md5')).digest('hex').slice(0, 16);

describe.each<{ toy: Toy; classes: number; bytes: string }>([
  { toy: 'spiral', classes: 3, bytes: 'd8eedb86a4b67480' },
  { toy: 'moons', classes: 2, bytes: '41e1dfbcb6ab6199' },
  { toy: 'circles', classes: 2, bytes: '60fa6ab9395e45ac' },
  { toy: 'xor', classes: 2, bytes: 'ffc979e057e492f8' },
])('$toy', ({ toy, classes, bytes }) => {
  test('classes are of equal size, in no order, and within bounds', () => {
    const { train, test, classNames } = datasets.toy(toy);
    expect([train.size, test.size, classNames.length]).toEqual([1000, 500, classes]);
    for (const set of [train, test]) {
      const { x, y } = numbers(set);
      const counts = classNames.map((_, label) => y.filter((value) => value === label).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(counts.reduce((sum, count) => sum + count)).toBe(set.size);
      const changes = y.filter((value, i) => i > 0 && value !== y[i - 1]).length / y.length;
      expect(changes).toBeCloseTo(1 - 1 / classes, 1);
      for (const coordinate of [0, 1]) {
        const values = x.filter((_, i) => i % 2 === coordinate);
        expect(Math.max(...values.map(Math.abs))).toBeLessThan(1.3);
        expect(Math.abs(values.reduce((sum, value) => sum + value) / values.length)).toBeLessThan(0.1);
      }
    }
  });

  test('a seed gives the same bytes everywhere, another seed and another noise others', () => {
    expect(hash(datasets.toy(toy))).toBe(bytes);
    expect(hash(datasets.toy(toy, { seed: 42 }))).toBe(bytes);
    expect(hash(datasets.toy(toy, { seed: 43 }))).not.toBe(bytes);
    expect(hash(datasets.toy(toy, { noise: 0 }))).not.toBe(bytes);
    const { train, test } = datasets.toy(toy, { seed: 42, samples: 30, testSamples: 7 });
    expect([train.size, test.size]).toEqual([30, 7]);
  });

  test('a small network learns it', async () => {
    const { train, test } = datasets.toy(toy);
    const model = new Model([new Linear(2, 16), new ReLU(), new Linear(16, 16), new ReLU(), new Linear(16, classes), new Softmax()], { seed: 42 });
    expect(model.evaluate(test, new Accuracy())).toBeLessThan(0.7);
    await model.fit(train, new CrossEntropy(), new Adam(model.parameters(), { learningRate: 0.01 }), { epochs: 20, batchSize: 32 });
    expect(model.evaluate(test, new Accuracy())).toBeGreaterThan(0.95);
  });
});

test('without noise the points lie where the formulas say', () => {
  const { x, y } = numbers(datasets.toy('spiral', { noise: 0 }).train);
  for (const [i, label] of y.entries()) {
    const radius = Math.hypot(x[2 * i]!, x[2 * i + 1]!);
    expect(x[2 * i]).toBeCloseTo(radius * Math.sin(4 * (label + radius)), 4);
    expect(x[2 * i + 1]).toBeCloseTo(radius * Math.cos(4 * (label + radius)), 4);
  }
  const circles = numbers(datasets.toy('circles', { noise: 0 }).train);
  for (const [i, label] of circles.y.entries()) expect(Math.hypot(circles.x[2 * i]!, circles.x[2 * i + 1]!)).toBeCloseTo(label === 0 ? 0.9 : 0.45, 5);
});

test('what makes no sense is named', () => {
  expect(message(() => datasets.toy('cubes' as Toy))).toBe('a toy is one of spiral, moons, circles, xor; there is no cubes');
  expect(message(() => datasets.toy('xor', { noise: -1 }))).toContain('noise must be a number from 0 to 10, it is -1');
  expect(message(() => datasets.toy('xor', { samples: 0 }))).toContain('samples must be a whole number');
  expect(message(() => datasets.toy('xor', { seed: 0.5 }))).toContain('seed must be a whole number');
});
