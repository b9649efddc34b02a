import { existsSync } from 'node:fs';
import { load } from 'toydl';
import { expect, test } from 'vitest';

// The data sets that come with the package.

const { CrossEntropy, Linear, Model, Momentum, Accuracy, ReLU, Softmax, datasets } = await load();

test('MNIST names its classes', async () => {
  const { train, classNames } = await datasets.mnist();
  const { y } = train.slice(0, 5);
  expect([...y.toArray()].map((label) => classNames[label])).toEqual(['5', '0', '4', '1', '9']);
});

// The set-up leaves it out where it cannot have it.
test.runIf(existsSync(new URL('../../dist/package/data/fashion', import.meta.url)))('Fashion-MNIST arrives whole, with the names of its classes, and can be learned', async () => {
  const seen: number[] = [];
  const { train, test, classNames } = await datasets.fashion({ onProgress: ({ trainSamples }) => seen.push(trainSamples) });
  expect([train.size, train.available, test.size, test.available]).toEqual([60000, 60000, 10000, 10000]);
  expect(seen.at(-1)).toBe(60000);
  const { x, y } = train.slice(0, 5);
  expect(x.shape).toEqual([5, 784]);
  expect([...y.toArray()].map((label) => classNames[label])).toEqual(['Ankle boot', 'T-shirt', 'T-shirt', 'Dress', 'T-shirt']);
  expect([...test.slice(0, 3).y.toArray()].map((label) => classNames[label])).toEqual(['Ankle boot', 'Pullover', 'Trouser']);

  const model = new Model([new Linear(784, 64), new ReLU(), new Linear(64, 10), new Softmax()], { seed: 42 });
  await model.fit(train, new CrossEntropy(), new Momentum(model.parameters(), { learningRate: 0.02 }), { epochs: 1, batchSize: 64 });
  expect(model.evaluate(test, new Accuracy())).toBeGreaterThan(0.8);
});
