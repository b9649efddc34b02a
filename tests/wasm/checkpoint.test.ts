import { checkpointAbout as aboutBeforeLoading, load } from 'toydl';
import { expect, test } from 'vitest';
import { failure } from './thrown.js';

const toydl = await load();
const { Accuracy, Adam, BatchNorm, checkpointAbout, CrossEntropy, Dataset, Dropout, Layer, Linear, memory, Model, Optimizer, ReLU, SGD, Softmax, Tensor, Trainer } = toydl;

const any = (value: unknown) => value as never;
/** Digits of 8 × 8: each has a bright row and column of its own, and noise. */
function digits(count = 100) {
  const data = Dataset.ofBytes({ sampleShape: [64], size: count, classes: 10, blockSize: 30 });
  const samples = Uint8Array.from({ length: 64 * count }, (_, i) => {
    const [sample, row, column] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    return row === sample % 8 || column === (sample % 10) % 7 ? 255 : (i * 7919) % 100;
  });
  data.append(samples, Uint8Array.from({ length: count }, (_, i) => i % 10));
  return data;
}
const data = digits();

/** A run of 3 epochs of 10 steps. */
function run({ optimizer = Adam, width = 16 }: { optimizer?: typeof Adam | typeof SGD; width?: number } = {}) {
  const layers = [new Linear(64, width), new BatchNorm(), new ReLU(), new Dropout(0.2), new Linear(width, 10), new Softmax()];
  const model = new Model(layers, { seed: 3 });
  const trainer = new Trainer(model, data, new CrossEntropy(), new optimizer(model.parameters(), { learningRate: 0.01 }), { epochs: 3, batchSize: 10, metric: new Accuracy() });
  return { model, trainer };
}

/** Trains to a step, and returns the reports. */
function trainTo(trainer: InstanceType<typeof Trainer>, step: number) {
  const reports = [];
  while (trainer.stepsDone < step && trainer.step()) reports.push(trainer.takeReport());
  return reports;
}

test('a run that is restored in another trainer goes on to the same bits and reports', () => {
  const [whole, saved] = [run(), run()];
  const reports = trainTo(whole.trainer, 30);
  trainTo(saved.trainer, 14);
  const bytes = saved.trainer.save();
  const restored = run();
  restored.trainer.restore(bytes);
  expect(restored.trainer.stepsDone).toBe(14);
  expect(restored.trainer.lastBatch()).toBeUndefined();
  expect(restored.model.hash()).toBe(saved.model.hash());
  expect(trainTo(restored.trainer, 30)).toEqual(reports.slice(14));
  expect(restored.trainer.done).toBe(true);
  expect(restored.model.hash()).toBe(whole.model.hash());
});

test('the text that was saved comes back, also without the engine', () => {
  const { model, trainer } = run();
  const about = JSON.stringify({ ...model.config, note: 'ü \u0000 😀' });
  expect(checkpointAbout(trainer.save(about))).toBe(about);
  expect(aboutBeforeLoading(trainer.save())).toBe('');
  const again = Model.fromConfig(JSON.parse(checkpointAbout(trainer.save(about))));
  expect(again.hash()).toBe(model.hash());
  expect(failure(() => trainer.save(any(3)))).toBe('option: about must be a string, it is 3');
  expect(failure(() => trainer.save('\ud800'))).toContain('UTF-8');
});

test('the bytes are their owner\'s: they stay when the engine\'s memory grows, and may lie anywhere in a buffer', () => {
  const { model, trainer } = run();
  trainTo(trainer, 5);
  const bytes = trainer.save('text');
  const copy = [...bytes];
  const { reserved } = memory();
  const large = new Tensor([4096, 4096]);
  expect(memory().reserved).toBeGreaterThan(reserved);
  large.dispose();
  trainTo(trainer, 9);
  expect(bytes.buffer).toBeInstanceOf(ArrayBuffer);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
  expect([...bytes]).toEqual(copy);

  const padded = new Uint8Array(bytes.length + 10);
  padded.set(bytes, 3);
  const part = padded.subarray(3, 3 + bytes.length);
  expect(checkpointAbout(part)).toBe('text');
  const before = run();
  trainTo(before.trainer, 5);
  trainer.restore(part);
  expect(model.hash()).toBe(before.model.hash());
});

test('what is no checkpoint, or one of another run, is named, and nothing is changed', () => {
  const { model, trainer } = run();
  trainTo(trainer, 3);
  const bytes = trainer.save('text');
  trainTo(trainer, 6);
  const hash = model.hash();
  for (const length of [0, 7, 8, 100, bytes.length - 1]) {
    expect(failure(() => trainer.restore(bytes.slice(0, length)))).toMatch(/^format: not a safetensors file: /);
  }
  for (const length of [0, 7, 8, 100]) expect(failure(() => checkpointAbout(bytes.slice(0, length)))).toMatch(/^format: not a checkpoint/);
  const header = (text: string) => Uint8Array.from([text.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text)]);
  for (const text of ['{"a', 'null', '[]', '{}', '{"__metadata__": 3}', '{"__metadata__": null}', '{"__metadata__": {"about": "a"}}', '{"__metadata__": {"about": 1, "toydl_checkpoint": "1"}}']) {
    expect(failure(() => checkpointAbout(header(text)))).toMatch(/^format: not a checkpoint/);
  }
  expect(failure(() => trainer.restore(header('{}')))).toBe('format: a safetensors file, but not a checkpoint of a training run of ToyDL\'s');
  expect(failure(() => trainer.restore(any([1, 2])))).toContain('checkpoint must be a Uint8Array');
  expect(failure(() => trainer.restore(run({ optimizer: SGD }).trainer.save()))).toBe('format: the checkpoint is of a run whose optimizer is SGD; here it is Adam');
  expect(failure(() => trainer.restore(run({ width: 15 }).trainer.save()))).toBe(
    "shape: the tensor '0.weight' is [15, 64] in the checkpoint, and [16, 64] here: it is of another model");
  expect(model.hash()).toBe(hash);
  expect(trainer.stepsDone).toBe(6);
});

test('parameters of one\'s own layer are saved, and so is an optimizer of one\'s own, but for what it remembers itself', () => {
  class Scale extends Layer {
    factor = this.parameter('factor', [1], 'Ones');
    override forward(x: InstanceType<typeof Tensor>) {
      return x.toArray().map((v) => v * this.factor.value.toArray()[0]!);
    }
    override backward(dy: InstanceType<typeof Tensor>, x: InstanceType<typeof Tensor>) {
      const [d, v, factor] = [dy.toArray(), x.toArray(), this.factor.value.toArray()[0]!];
      this.factor.grad.add([d.reduce((sum, di, i) => sum + di * v[i]!, 0)]);
      return d.map((di) => di * factor);
    }
  }
  class SignSGD extends Optimizer {
    override update() {
      for (const { value, grad } of this.parameters) {
        const g = grad.toArray();
        value.set(value.toArray().map((w, i) => w - this.learningRate * Math.sign(g[i]!)));
      }
    }
  }
  const own = () => {
    const model = new Model([new Linear(64, 10), new Scale(), new Softmax()], { seed: 3 });
    const optimizer = new SignSGD(model.parameters(), { learningRate: 0.001 });
    return { model, optimizer, trainer: new Trainer(model, data, new CrossEntropy(), optimizer, { epochs: 2, batchSize: 10 }) };
  };
  const [saved, restored] = [own(), own()];
  trainTo(saved.trainer, 4);
  saved.optimizer.learningRate = 0.002;
  restored.trainer.restore(saved.trainer.save());
  expect(restored.optimizer.learningRate).toBe(0.002);
  trainTo(saved.trainer, 20);
  trainTo(restored.trainer, 20);
  expect(restored.model.hash()).toBe(saved.model.hash());
});

test('saving and restoring leave no memory behind', () => {
  const { trainer } = run();
  trainTo(trainer, 3);
  const again = () => trainer.restore(trainer.save('text'));
  for (let i = 0; i < 3; i++) again();
  const { used } = memory();
  for (let i = 0; i < 50; i++) again();
  expect(memory().used).toBe(used);
});
