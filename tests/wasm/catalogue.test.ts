import { load } from 'toydl';
import { expect, test } from 'vitest';
import { message } from './thrown.js';

// What the descriptors in C++ become in JavaScript.

const toydl = await load();
const { Adam, AvgPool2D, BatchNorm, ConfusionMatrix, Conv1D, Conv2D, CosineSchedule, CrossEntropy, Dataset, Dropout, Embedding, Flatten, GELU, GlobalAvgPool1D, GRU, Layer, LayerNorm, Linear, LSTM, MaxPool2D, Model, Momentum, MSE, MultiHeadAttention, PositionalEmbedding, ReLU, Reshape, Residual, Sequential, SGD, SimpleRNN, Softmax, SoftmaxCrossEntropy, Tensor, TopK } = toydl;

const any = (value: unknown) => value as never;

const cnn = () => new Model([
  new Reshape([1, 8, 6]), new Conv2D(1, 3, 3, { padding: 'same' }), new BatchNorm(), new ReLU(), new MaxPool2D(2), new Dropout(0.2),
  new Residual([new Conv2D(3, 3, 3, { padding: 'same', bias: false }), new GELU()]), new AvgPool2D(2), new Flatten(), new Linear(6, 3), new Softmax(),
], { seed: 4 });

const images = () => new Dataset(
  new Tensor([20, 48], Float32Array.from({ length: 960 }, (_, i) => Math.sin(i * i))), new Tensor([20], Array.from({ length: 20 }, (_, i) => i % 3)));

test('a summary says what a model is made of', () => {
  const summary = cnn().summary();
  expect(summary.input).toEqual([48]);
  expect(summary.layers[1]).toEqual({ layer: 'Conv2D(1, 3, 3, padding "same")', output: [3, 8, 6], parameters: 30 });
  expect(summary.layers[6]).toEqual({ layer: 'Residual(Conv2D(3, 3, 3, padding "same", bias false), GELU())', output: [3, 4, 3], parameters: 81 });
  expect(summary.parameters).toBe(30 + 6 + 81 + 21);
  expect(`${summary}`.split('\n')[0]).toMatch(/^layer +output +parameters$/);
  expect(`${summary}`).toContain('Linear(6, 3)');
  expect(message(() => new Model([new ReLU()]).summary())).toContain('Give inputShape');
});

test('a model makes the way to JSON and back', async () => {
  const model = cnn();
  const again = Model.fromConfig(JSON.parse(JSON.stringify(model.config)));
  expect(again.config).toEqual(model.config);
  for (const m of [model, again]) {
    await m.fit(images(), new CrossEntropy(), new Adam(m.parameters(), { schedule: new CosineSchedule({ steps: 10, warmUp: 2 }) }), { epochs: 3, batchSize: 7 });
  }
  expect(again.hash()).toBe(model.hash());
  expect(message(() => Model.fromConfig({ layers: [{ type: 'Liner' }] }))).toContain("there is no layer 'Liner'");
});

test('sequences: embedding, convolution, recurrence and attention train', async () => {
  const rows = Array.from({ length: 12 }, (_, n) => Array.from({ length: 5 }, (_, t) => (n * n + 3 * n * t + t) % 7));
  const data = new Dataset(new Tensor([12, 5], rows.flat()), new Tensor([12], rows.map((row) => Number(row[0]! < row[2]!))));
  const ends: Record<string, () => InstanceType<typeof Layer>[]> = {
    Conv1D: () => [new Conv1D(4, 6, 3), new GlobalAvgPool1D()],
    SimpleRNN: () => [new SimpleRNN(4, 6)],
    LSTM: () => [new LSTM(4, 6)],
    GRU: () => [new GRU(4, 6, { returnSequence: true }), new GlobalAvgPool1D()],
    MultiHeadAttention: () => [new PositionalEmbedding(), new Residual([new LayerNorm(), new MultiHeadAttention(2, { causal: true })]), new GlobalAvgPool1D(), new Linear(4, 6)],
    Attention: () => [new toydl.Attention(6), new GlobalAvgPool1D()],
  };
  for (const end of Object.values(ends)) {
    const model = new Model([new Embedding(7, 4), ...end(), new Linear(6, 2)], { inputShape: [5], seed: 1 });
    const history = await model.fit(data, new SoftmaxCrossEntropy(), new Adam(model.parameters(), { learningRate: 0.02 }), { epochs: 60, batchSize: 6 });
    expect(history.at(-1)!.loss).toBeLessThan(0.5 * history[0]!.loss);
  }
  const model = new Model([new Embedding(7, 4)], { inputShape: [5] });
  expect(message(() => model.predict(new Tensor([1, 5], [0, 1, 7, 2, 3])))).toBe(
    'layer 1 of 1, Embedding(7, 4) has no vector for 7 in sample 0: indices are whole numbers from 0 to 6');
});

test('options are checked: choices, shapes, layers, and what is no object', () => {
  expect(message(() => new Conv2D(1, 2, 3, { padding: any('full') }))).toBe('Conv2D: padding must be "valid" or "same", it is "full"');
  expect(message(() => new Reshape([2, -1]))).toBe('Reshape: a dimension of shape must be a whole number of at least 1, it is -1');
  expect(message(() => new Reshape(any(28)))).toContain('shape must be an array of dimensions, such as [1, 28, 28], it is 28');
  expect(message(() => new Sequential([]))).toBe('Sequential needs at least one layer');
  expect(message(() => new Sequential(any([new ReLU(), 3])))).toContain('a layer is given by its name, or by an object with its "type"');
  expect(message(() => new Dropout(1))).toBe('Dropout: rate must be a number from 0 to 0.99, it is 1');
  expect(message(() => new Adam([], any(0.1)))).toContain('options are given as an object');
  expect(message(() => new SGD([], { schedule: 'Cosine' }))).toContain("there is no schedule 'Cosine'; there are ConstantSchedule");
  expect(message(() => new Momentum([], { momentum: 2 }))).toBe('Momentum: momentum must be a number from 0 to 1, it is 2');
  expect(message(() => new SGD([], { schedule: any(CosineSchedule) }))).toContain('write new CosineSchedule(…)');
  expect(message(() => new SGD([], any({ learningRate: 5n })))).toContain('an option cannot be the bigint 5');
  expect(message(() => new Momentum(new Linear(2, 2).parameters()))).toContain('the parameter weight has no values yet');
  expect(message(() => new Model([new ReLU()], { inputShape: any([5n]) }))).toContain('a dimension of inputShape must be a whole number');
  expect(message(() => Model.fromConfig({ layers: [any(null)] }))).toContain('options are given as an object');
  expect(new Conv2D(1, 2, 3, { padding: 'same' }).config).toMatchObject({ type: 'Conv2D', kernelSize: 3, padding: 'same', stride: 1 });
  expect(new Adam([], { schedule: new CosineSchedule({ steps: 5 }) }).config.schedule).toEqual({ type: 'CosineSchedule', steps: 5, finalFactor: 0, warmUp: 0 });
});

test('shapes that do not fit are named, with what to do', () => {
  expect(message(() => new Model([new Conv2D(1, 8, 5), new MaxPool2D(2)], { inputShape: [1, 5, 5] }))).toBe(
    'layer 2 of 2, MaxPool2D(2), after Conv2D(1, 8, 5), has windows of 2, but the height of its samples is 1. Make the window smaller, or shrink less before it.');
  expect(message(() => new Model([new Residual([new Linear(4, 3)])]))).toContain('both must have one shape, but they make [3] of [4]');
  expect(message(() => new Model([new LSTM(28, 8)], { inputShape: [784] }))).toContain('Reshape each sample to [time, features] before it.');
  expect(message(() => new Model([new MultiHeadAttention(3)], { inputShape: [5, 8] }))).toContain('Make the features a multiple of 3.');
});

test('a confusion matrix tells its counts, precision and recall', () => {
  const metric = new ConfusionMatrix();
  metric.update(new Tensor([4, 3], [1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1]), new Tensor([4], [0, 1, 2, 2]));
  const { counts, precision, recall } = metric.details();
  expect([...counts!.toArray()]).toEqual([1, 0, 0, 0, 1, 0, 0, 1, 1]);
  expect([...precision!.toArray()]).toEqual([1, 0.5, 1]);
  expect([...recall!.toArray()]).toEqual([1, 1, 0.5]);
  expect(metric.value()).toBe(0.75);
  const top = new TopK({ k: 2 });
  top.update(new Tensor([2, 3], [3, 2, 1, 3, 2, 1]), new Tensor([2], [1, 2]));
  expect(top.value()).toBe(0.5);
  expect(Object.keys(top.details())).toEqual([]);
});

test('a loss\'s gradient is a tensor', () => {
  const loss = new MSE();
  expect(loss.forward(new Tensor([2, 1], [1, 2]), new Tensor([2], [0, 0]))).toBe(2.5);
  expect([...loss.backward().toArray()]).toEqual([1, 2]);
});
