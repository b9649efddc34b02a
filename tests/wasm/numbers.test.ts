import { checkpointArithmetic, load } from 'toydl';
import { expect, test } from 'vitest';
import { failure, message } from './thrown.js';

// What was once computed wrongly: each as its user met it.

const toydl = await load();
const {
  Adam, arithmeticVersion, BatchNorm, BinaryAccuracy, BinaryCrossEntropy, CrossEntropy, Dataset, Linear, Model, MSEMetric, Parameter, SGD, Softmax,
  SoftmaxCrossEntropy, Tensor, Trainer,
} = toydl;

test('the metric of fit is that of evaluate, also where Softmax and loss are one', async () => {
  const x = new Tensor([4, 2], [1, 2, 3, 4, -5, 6, 7, -8]);
  const y = new Tensor([4, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0]);
  const model = new Model([new Linear(2, 3), new Softmax()], { seed: 1 });
  const data = new Dataset(x, y);
  const [{ metric }] = await model.fit(data, new CrossEntropy(), new SGD(model.parameters(), { learningRate: 1e-30 }), { batchSize: 4, metric: new MSEMetric() }) as [{ metric: number }];
  expect(metric).toBeCloseTo(model.evaluate(data, new MSEMetric()), 6);
});

test('by hand, a network that is as wrong as can be has the gradient of one that is', () => {
  const model = new Model([new Linear(2, 2), new Softmax()], { seed: 1 });
  const [w, b] = model.parameters() as [InstanceType<typeof Parameter>, InstanceType<typeof Parameter>];
  w.value.set([0.5, -0.5, -0.5, 0.5]);
  b.value.set([0, 0]);
  const loss = new CrossEntropy();
  // Logits ±100, and the other class is right.
  expect(loss.forward(model.forward(new Tensor([2, 2], [200, 0, 0, 200])), new Tensor([2], [1, 0]))).toBeCloseTo(87.34, 1);
  model.backward(loss.backward());
  expect([...w.grad.toArray()]).toEqual([100, -100, -100, 100]);
});

test('Adam and AdamW begin with a step of the learning rate, whatever their betas', () => {
  for (const beta2 of [0.999, 0.99999, 0.999999]) {
    const model = new Model([new Linear(1, 1)], { seed: 1 });
    const [w] = model.parameters() as [InstanceType<typeof Parameter>];
    w.value.set([0]);
    w.grad.set([1]);
    new Adam(model.parameters(), { learningRate: 1, beta2, epsilon: 1e-16 }).step();
    expect(w.value.toArray()[0]).toBeCloseTo(-1, 6);
  }
});

test('labels may be uncertain, smoothed or ignored, and answers yes or no', () => {
  const logits = new Tensor([2, 3], [2, 1, 0, 0, 3, 1]);
  const loss = (options: ConstructorParameters<typeof SoftmaxCrossEntropy>[0], target: InstanceType<typeof Tensor>) => new SoftmaxCrossEntropy(options).forward(logits, target);
  // By PyTorch's F.cross_entropy.
  expect(loss({}, new Tensor([2, 3], [0.7, 0.2, 0.1, 0, 1, 0]))).toBeCloseTo(0.48873, 4);
  expect(loss({ labelSmoothing: 0.1 }, new Tensor([2], [0, 1]))).toBeCloseTo(0.42206, 4);
  expect(loss({ ignoreIndex: 2 }, new Tensor([2], [0, 2]))).toBeCloseTo(0.40761, 4);
  const answers = new BinaryAccuracy();
  answers.update(new Tensor([3, 1], [2, -1, 0.5]), new Tensor([3], [1, 0, 0]));
  expect(answers.value()).toBeCloseTo(2 / 3);
  expect(new BinaryCrossEntropy().forward(new Tensor([3], [2, -1, 0.5]), new Tensor([3], [1, 0, 0]))).toBeCloseTo(0.4714, 3);
});

test('what cannot be meant is refused, and what to do instead is said', () => {
  const loss = new CrossEntropy();
  expect(failure(() => loss.forward(new Tensor([1, 2], [12, 13]), new Tensor([1], [0])))).toMatch(/^option: CrossEntropy takes probabilities.*End the model with a Softmax, or use SoftmaxCrossEntropy/);
  const model = new Model([new Linear(2, 2), new BatchNorm()], { seed: 1 });
  const data = new Dataset(new Tensor([9, 2]), new Tensor([9]));
  expect(message(() => new Trainer(model, data, new SoftmaxCrossEntropy(), new SGD(model.parameters()), { batchSize: 4 })))
    .toContain('with 9 samples and a batchSize of 4, the last batch of an epoch has 1, but layer 2 of 2, BatchNorm(), needs at least 2 to train. Use a batchSize of 3 or 5');
  expect(message(() => new SGD(model.parameters(), { learningRate: 1e30 }))).toContain('learningRate must be a number from 0 to 1000000');
});

test('a checkpoint says with which arithmetic it was made', () => {
  const model = new Model([new Linear(2, 2)], { seed: 1 });
  const data = new Dataset(new Tensor([4, 2]), new Tensor([4]));
  const trainer = new Trainer(model, data, new SoftmaxCrossEntropy(), new SGD(model.parameters()));
  expect(arithmeticVersion).toBe(1);
  expect(checkpointArithmetic(trainer.save())).toBe(arithmeticVersion);
  // 0.1.0 did not say it; what it saved opens, and says so for ever.
  const text = new TextDecoder('latin1').decode(trainer.save());
  const old = Uint8Array.from(text.replace('"arithmetic":"1"', '"arithmetiC":"1"'), (letter) => letter.charCodeAt(0));
  expect(checkpointArithmetic(old)).toBe(0);
  trainer.restore(old);
  expect(checkpointArithmetic(trainer.save())).toBe(0);
  const newer = Uint8Array.from(text.replace('"arithmetic":"1"', '"arithmetic":"2"'), (letter) => letter.charCodeAt(0));
  expect(failure(() => trainer.restore(newer))).toContain('it needs a newer one');
});
