import { expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };

// The example of the README, as a user of the package writes it.
import { load } from 'toydl';

const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, Accuracy, datasets } = await load();
const { train, test: testSet } = await datasets.mnist();

test('fit reaches 96.5 % on the test images, and the weights of every other machine', async () => {
  const batches: number[] = [];
  const epochs: number[] = [];
  const onBatch = ({ step }: { step: number }) => batches.push(step);
  const onEpoch = ({ epoch }: { epoch: number }) => void epochs.push(epoch);

  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  const sgd = new SGD(model.parameters(), { learningRate: 0.1 });
  expect(model.hash()).toBe(golden.hashes[0]);

  await model.fit(train, new CrossEntropy(), sgd, { epochs: 10, batchSize: 64, onBatch, onEpoch });
  expect(model.evaluate(testSet, new Accuracy())).toBeGreaterThan(0.965);
  expect(model.hash()).toBe(golden.hashes[9380]);
  expect(batches).toEqual(Array.from({ length: 9380 }, (_, i) => i + 1));
  expect(epochs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('the loop by hand learns as well', () => {
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  const sgd = new SGD(model.parameters(), { learningRate: 0.1 });
  const loss = new CrossEntropy();

  for (const { x, y } of train.batches(64)) {
    const prediction = model.forward(x);
    loss.forward(prediction, y);
    model.backward(loss.backward());
    sgd.step();
  }
  expect(model.evaluate(testSet, new Accuracy())).toBeGreaterThan(0.91);
});

test('100 steps give the weights of every other machine', () => {
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  const sgd = new SGD(model.parameters(), { learningRate: 0.1 });
  return model.fit(train, new CrossEntropy(), sgd, {
    batchSize: 64,
    onBatch: ({ step }) => {
      if (step === 1) expect(model.hash()).toBe(golden.hashes[1]);
      if (step === 100) expect(model.hash()).toBe(golden.hashes[100]);
    },
  });
});

test('data, gradients and predictions can be looked at', () => {
  const model = new Model([new Linear(784, 10), new Softmax()], { seed: 1 });
  const { x, y } = train.slice(0, 5);
  expect(x.shape).toEqual([5, 784]);
  expect([...y.toArray()]).toEqual([5, 0, 4, 1, 9]);
  const probabilities = model.predict(x);
  expect(probabilities.shape).toEqual([5, 10]);
  expect(probabilities.toArray().reduce((sum, p) => sum + p)).toBeCloseTo(5);
  const loss = new CrossEntropy();
  loss.forward(model.forward(x), y);
  model.backward(loss.backward());
  const [weight, bias] = model.parameters();
  expect(weight!.name).toBe('weight');
  expect(weight!.grad.shape).toEqual([10, 784]);
  expect(bias!.grad.toArray().some((value) => value !== 0)).toBe(true);
});
