import { load } from 'toydl';
import { expect, test } from 'vitest';
import { failure } from './thrown.js';

const toydl = await load();
const { Accuracy, CrossEntropy, Dataset, Layer, Linear, Model, MSE, ReLU, SGD, Softmax, Tensor, Trainer } = toydl;

const any = (value: unknown) => value as never;
const model = () => new Model([new Linear(4, 3), new Softmax()]);

test('layers that do not fit are named, with what to add', () => {
  expect(failure(() => new Model([new Linear(784, 50), new ReLU(), new Linear(60, 10)]))).toBe(
    'shape: layer 3 of 3, Linear(60, 10), after ReLU(), takes samples of shape [60], but gets [50]. ' +
    'Make it Linear(50, 10), or add Linear(50, 60) before it.');
});

test('there is one engine, with one kind of arithmetic', async () => {
  await expect(load({ arithmetic: 'fma' })).rejects.toMatchObject({ code: 'state', message: expect.stringContaining('with strict arithmetic') });
  expect((await load({ arithmetic: 'strict' })).Linear).toBe(Linear);
  expect((await load()).Linear).toBe(Linear);
});

test('options are checked, and called as they are called here', () => {
  expect(failure(() => new Linear(any('wide'), 3))).toBe('option: Linear: inFeatures must be a whole number from 1 to 16777216, it is "wide"');
  expect(failure(() => new Linear(3, NaN))).toContain('outFeatures must be a whole number from 1 to 16777216, it is "NaN"');
  expect(failure(() => new Linear(3, any(undefined)))).toBe("option: Linear needs the option 'outFeatures': Features of one sample of y.");
  expect(failure(() => new Linear(3, 3, any({ bais: false })))).toBe(
    "option: Linear has no option 'bais'; it has inFeatures, outFeatures, bias, weightInitializer, biasInitializer");
  expect(failure(() => new Linear(3, 3, { weightInitializer: 'Hee' }))).toContain("there is no initializer 'Hee'; there are Zeros");
  expect(failure(() => new Layer({ type: 'Lstm' }))).toContain("there is no layer 'Lstm'; there are Linear, ReLU");
  expect(failure(() => new SGD(model().parameters(), { learningRate: 0 }))).toContain('learningRate must be a positive number, at least 1.2e-38');
  expect(failure(() => new Model([new Linear(4, 3)], { seed: -1 }))).toContain('seed must be a whole number from 0');
  expect(failure(() => new Model([any({})]))).toBe('option: layer 1 must be a Layer, it is a Object');
  expect(failure(() => new SGD([any(3)]))).toBe('option: a parameter must be a Parameter, it is 3');
});

test('tensors that do not fit, NaN and wrong labels are refused, and nothing is lost', () => {
  const m = model();
  const before = m.hash();
  const loss = new CrossEntropy();
  expect(failure(() => new Tensor([2, 2], [1, 2, 3]))).toBe('shape: a tensor of shape [2, 2] has 4 values, 3 were given');
  expect(failure(() => new Tensor([2, -1]))).toContain('a dimension must be a whole number from 0');
  expect(failure(() => new Tensor([2, 2, 2, 2, 2]))).toContain('at most 4 dimensions');
  expect(failure(() => new Tensor([100000, 100000]))).toContain('memory');
  expect(failure(() => new Tensor([20000, 20000]))).toContain('memory');
  expect(failure(() => m.forward(new Tensor([2, 5])))).toContain('takes samples of shape [4], these are [5]');
  expect(failure(() => m.forward(new Tensor([1, 4], [0, 1, NaN, 3])))).toBe(
    'not-finite: x holds nan in sample 0, value 2 (both counted from 0); every value must be a finite number');
  expect(failure(() => m.backward(new Tensor([1, 3])))).toContain('state: backward needs a forward pass just before it');
  expect(failure(() => loss.forward(new Tensor([2, 3]), new Tensor([2], [0, 3])))).toContain('label: label 3 of sample 1 is no class');
  expect(failure(() => new Dataset(new Tensor([2, 3]), new Tensor([3])))).toBe('shape: there are 2 samples, but 3 targets');
  expect(failure(() => m.evaluate(new Dataset(new Tensor([2, 4]), new Tensor([2], [0, 7])), new Accuracy()))).toContain('label 7');
  expect(m.hash()).toBe(before);
});

test('broken IDX files are named', () => {
  const images = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]);
  const labels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]);
  expect(Dataset.fromIdx(images, labels).size).toBe(2);
  expect(failure(() => Dataset.fromIdx(images.slice(0, 19), labels))).toBe('format: images: cut short: the header promises 4 values, the file has 3');
  expect(failure(() => Dataset.fromIdx(labels, images))).toContain('images have 3 dimensions, these have 1');
  expect(failure(() => Dataset.fromIdx(images, labels, { classes: 8 }))).toContain('labels: label 9 of sample 1 is no class');
  const greedy = Uint8Array.from([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
  expect(failure(() => Dataset.fromIdx(greedy, labels))).toContain('cut short: the header promises');
});

test('an option that there is not is named, and not passed over', async () => {
  const data = new Dataset(new Tensor([4, 4]), new Tensor([4]));
  const m = model();
  await expect(m.fit(data, new CrossEntropy(), new SGD(m.parameters()), { epoch: 3 } as object)).rejects.toThrow("fit has no option 'epoch'; it has epochs, batchSize, metric, onBatch, onEpoch");
  expect(failure(() => new Model([], 42 as never))).toContain('options are given as an object');
  expect(failure(() => new Model([], { sead: 1 } as object))).toBe("option: Model has no option 'sead'; it has seed, inputShape");
  expect(failure(() => new Trainer(m, data, new CrossEntropy(), new SGD(m.parameters()), { onBatch: 1 } as object))).toContain("Trainer has no option 'onBatch'");
  await expect(load({ datUrl: '' } as object)).rejects.toThrow("load has no option 'datUrl'; it has dataUrl, arithmetic, threads, wasmUrl");
  const [report] = await m.fit(data, new CrossEntropy(), new SGD(m.parameters()), {});
  expect(report).not.toHaveProperty('metric');
});

test('training that diverges stops, and says why', async () => {
  const data = new Dataset(new Tensor([4, 4], Array.from({ length: 16 }, (_, i) => i)), new Tensor([4, 3]));
  const m = new Model([new Linear(4, 3)]);
  const fit = m.fit(data, new MSE(), new SGD(m.parameters(), { learningRate: 1e6 }), { epochs: 50 });
  await expect(fit).rejects.toMatchObject({ code: 'diverged', message: expect.stringContaining('learning rate, 1000000, is probably too high') });
});

test('what was disposed of says so, and what belongs together stays alive together', () => {
  const m = model();
  const sgd = new SGD(m.parameters());
  const data = new Dataset(new Tensor([4, 4]), new Tensor([4]));
  const trainer = new Trainer(m, data, new CrossEntropy(), sgd);
  const [weight] = m.parameters();
  m.dispose();
  m.dispose();
  expect(m.disposed).toBe(true);
  expect(failure(() => m.hash())).toContain('disposed: This Model was disposed of.');
  expect(failure(() => weight!.value)).toContain('This Parameter was disposed of.');
  data.dispose();
  sgd.step();
  expect(trainer.step()).toBe(true);

  let kept;
  for (const { x } of new Dataset(new Tensor([4, 4]), new Tensor([4])).batches(2)) kept ??= x;
  expect(failure(() => kept!.toArray())).toContain('lives until the next one');
});

test('an output is gone after another pass, and what fails leaves no memory behind', () => {
  const { memory } = toydl;
  const m = model();
  const output = m.forward(new Tensor([2, 4]));
  m.predict(new Tensor([3, 4])).dispose();
  expect(failure(() => output.toArray())).toContain('disposed');

  const wrong = new Dataset(new Tensor([2, 4]), new Tensor([2], [0, 7]));
  const metric = new Accuracy();
  const fail = () => {
    failure(() => new Tensor([1000, 1000], [1]));
    failure(() => m.evaluate(wrong, metric));
  };
  fail();
  const { used } = memory();
  for (let i = 0; i < 20; i++) fail();
  expect(memory().used).toBe(used);
});

test('arguments of another kind are named', () => {
  expect(failure(() => new Model(any(new Linear(4, 3))))).toContain('layers must be an array, it is a ');
  expect(failure(() => new SGD(any(model())))).toContain('parameters must be an array');
  expect(failure(() => new Tensor(any(5)))).toBe('option: shape must be an array, it is 5');
  expect(failure(() => new Tensor([2], any('ab')))).toContain("data must be an array, it is 'ab'");
  expect(failure(() => new Dataset(any({}), any({})))).toContain('x must be a Tensor');
  expect(failure(() => new Dataset(any(undefined), any(undefined)))).toContain('x must be a Tensor');
  expect(failure(() => Dataset.ofBytes({ sampleShape: [4], size: 3, classes: 3, scale: NaN }))).toContain('scale must be a positive number that a float can hold, up to 1e6: a byte times this is its value; it is nan');
  expect(failure(() => new toydl.Evaluation(any({}), any({}), any({})))).toContain('model must be a Model');
});
