import { load } from 'toydl';
import { expect, test } from 'vitest';

const { CrossEntropy, Dataset, Linear, memory, Model, ReLU, SGD, Softmax, Tensor } = await load();

const data = new Dataset(new Tensor([32, 100]), new Tensor([32]));

/** Makes a model of 240 KB, trains it, looks into it, and disposes of everything. */
async function oneModel(): Promise<void> {
  using model = new Model([new Linear(100, 200), new ReLU(), new Linear(200, 10), new Softmax()]);
  using sgd = new SGD(model.parameters());
  using loss = new CrossEntropy();
  await model.fit(data, loss, sgd, { epochs: 2, batchSize: 8 });
  for (const { x, y } of data.batches(8)) {
    loss.forward(model.forward(x), y);
    model.backward(loss.backward());
    sgd.step();
  }
  expect(model.parameters()[0]!.grad.size).toBe(20000);
}

test('1,000 models leave the memory as it was after the first ten', async () => {
  for (let i = 0; i < 10; i++) await oneModel();
  globalThis.gc?.();
  const { used, reserved } = memory();
  for (let i = 0; i < 990; i++) await oneModel();
  globalThis.gc?.();
  expect(memory().reserved).toBe(reserved);
  expect(memory().used - used).toBeLessThan(1000);
});

test('what nobody disposed of goes when the garbage collector comes', async () => {
  const { used } = memory();
  const tensors = () => (memory().used - used) / 4e6;
  for (let i = 0; i < 10; i++) new Tensor([1000, 1000]);
  expect(tensors()).toBeGreaterThan(9);
  // The last one may still be held by the call that returned it.
  for (let i = 0; i < 20 && tensors() > 2; i++) {
    globalThis.gc!();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(tensors()).toBeLessThan(2);
});
