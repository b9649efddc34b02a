import { load, type Pass, type Random, ToydlError } from 'toydl';
import { describe, expect, test } from 'vitest';
import { MyLinear, MyReLU, Swish } from './own-layers.js';
import { thrown } from './thrown.js';

// Layers, losses, optimizers, initializers and metrics written in JavaScript.

const toydl = await load();
const { Accuracy, CrossEntropy, Dataset, gradientCheck, Initializer, Layer, Linear, Loss, memory, Metric, Model, Optimizer, Residual, ReLU, Sequential, SGD, Softmax, Tensor, Trainer } = toydl;
type Tensor = InstanceType<typeof Tensor>;

class MyMSE extends Loss {
  #error = new Float32Array();

  override forward(prediction: Tensor, target: Tensor) {
    const t = target.toArray();
    this.#error = prediction.toArray().map((p, i) => p - t[i]!);
    return this.#error.reduce((sum, e) => sum + e * e, 0) / this.#error.length;
  }

  override backward() {
    return this.#error.map((e) => (2 * e) / this.#error.length);
  }
}

class MySGD extends Optimizer {
  override update() {
    for (const { value, grad } of this.parameters) {
      const g = grad.toArray();
      value.set(value.toArray().map((w, i) => w - this.learningRate * g[i]!));
    }
  }
}

class MyAccuracy extends Metric {
  #right = 0;
  #all = 0;

  override reset() {
    this.#right = this.#all = 0;
  }

  override update(prediction: Tensor, target: Tensor) {
    const [p, classes] = [prediction.toArray(), prediction.shape[1]!];
    target.toArray().forEach((c, n) => {
      const row = p.subarray(n * classes, (n + 1) * classes);
      this.#right += Number(row.indexOf(Math.max(...row)) === c);
      this.#all++;
    });
  }

  override value() {
    return this.#right / this.#all;
  }
}

class Halves extends Initializer {
  override fill(shape: number[], { fanIn }: { fanIn: number; fanOut: number; random: Random }) {
    return new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5 / fanIn);
  }
}

/** Three classes of points, each around its own. */
function clusters(count: number) {
  const x = new Float32Array(count * 4).map((_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 4 : 0));
  return new Dataset(new Tensor([count, 4], x), new Tensor([count], Array.from({ length: count }, (_, i) => i % 3)));
}

describe('a layer of one\'s own', () => {
  test('has its gradient checked, like a built-in one', () => {
    expect(gradientCheck(new Swish(), [2, 3]).relativeError).toBeLessThan(0.01);
    expect(gradientCheck(new MyLinear({ inFeatures: 5, outFeatures: 3 }), [5]).relativeError).toBeLessThan(0.01);
    expect(gradientCheck(new MyReLU(), [4]).relativeError).toBeLessThan(0.01);
    expect(gradientCheck(new Linear(5, 3), [5]).relativeError).toBeLessThan(0.01);
    expect(gradientCheck(new toydl.Embedding(7, 3), [4], { indices: 7 }).relativeError).toBeLessThan(0.01);
  });

  test('with a wrong backward is caught, at the entry that is wrong', () => {
    class WrongWeight extends MyLinear {
      override backward(dy: Tensor, x: Tensor) {
        const dx = super.backward(dy, x);
        const grad = this.weight.grad.toArray();
        grad[2 * 5 + 3]! *= 2;
        this.weight.grad.set(grad);
        return dx;
      }
    }
    const layer = new WrongWeight({ inFeatures: 5, outFeatures: 3 });
    const report = gradientCheck(layer, [5]);
    expect(report).toMatchObject({ where: 'weight', parameter: 0, shape: [3, 5], index: 13, position: [2, 3] });
    expect(report.analytic).toBeCloseTo(2 * report.numeric, 1);
    expect(report.relativeError).toBeCloseTo(0.5, 1);

    class WrongInput extends Swish {
      override backward(dy: Tensor, x: Tensor) {
        return super.backward(dy, x).map((d, i) => (i === 4 ? -d : d));
      }
    }
    expect(gradientCheck(new WrongInput(), [3])).toMatchObject({ where: 'x', parameter: -1, position: [1, 1] });
    // What was checked can still be used.
    expect(new Model([layer], { inputShape: [5] }).parameters().length).toBe(2);
  });

  test('takes part in fit, evaluate and the loop by hand, also inside containers', async () => {
    const data = clusters(150);
    const layers = () => [
      new MyLinear({ inFeatures: 4, outFeatures: 8 }), new Residual([new Swish(), new Sequential([new Linear(8, 8), new MyReLU()])]),
      new MyLinear({ inFeatures: 8, outFeatures: 3 }), new Softmax(),
    ];
    const model = new Model(layers(), { seed: 3, inputShape: [4] });
    const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
    expect(model.parameters().map(({ name }) => name)).toEqual(['weight', 'bias', 'weight', 'bias', 'weight', 'bias']);
    await model.fit(data, new CrossEntropy(), optimizer, { epochs: 5, batchSize: 16 });
    expect(model.evaluate(data, new Accuracy())).toBeGreaterThan(0.98);

    const other = new Model(layers(), { seed: 3, inputShape: [4] });
    const [loss, sgd] = [new CrossEntropy(), new SGD(other.parameters(), { learningRate: 0.1 })];
    for (let epoch = 0; epoch < 5; epoch++) {
      for (const { x, y } of data.batches(16)) {
        loss.forward(other.forward(x), y);
        other.backward(loss.backward());
        sgd.step();
      }
    }
    expect(other.evaluate(data, new Accuracy())).toBeGreaterThan(0.98);
  });

  test('may return tensors, draw random numbers, and keep its own between calls', () => {
    class Noise extends Layer {
      noise?: Tensor;

      override forward(x: Tensor, { training, random }: Pass) {
        if (!training) return x;
        this.noise = new Tensor(x.shape, x.toArray().map((v) => v + random.normal()));
        return this.noise;
      }

      override backward(dy: Tensor) {
        expect(this.noise!.size).toBe(dy.size);
        return dy;
      }
    }
    const run = (seed: number) => {
      const model = new Model([new Linear(3, 3), new Noise()], { seed });
      const y = model.forward(new Tensor([2, 3])).toArray();
      model.backward(y);
      return { y, again: model.forward(new Tensor([2, 3])).toArray(), quiet: model.predict(new Tensor([2, 3])).toArray() };
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1).y).not.toEqual(run(2).y);
    expect(run(1).y).not.toEqual(run(1).again);
    expect([...run(1).quiet]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('that throws gives its own error, with its place, and the model goes on', async () => {
    let trouble = 'forward';
    class Fragile extends Swish {
      override forward(x: Tensor) {
        if (trouble === 'forward') throw new TypeError('no luck');
        return super.forward(x);
      }

      override backward(dy: Tensor, x: Tensor) {
        if (trouble === 'backward') throw new TypeError('no luck');
        return super.backward(dy, x);
      }
    }
    const model = new Model([new Linear(4, 3), new Sequential([new ReLU(), new Fragile()]), new Softmax()], { inputShape: [4] });
    const before = model.hash();
    const error = thrown(() => model.forward(new Tensor([2, 4])));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe('layer 2 of 3, Sequential(ReLU(), Fragile()), after Linear(4, 3), layer 2 of 2, Fragile(), after ReLU(), Fragile.forward failed: no luck');
    trouble = 'backward';
    const output = model.forward(new Tensor([2, 4]));
    expect(thrown(() => model.backward(output))).toBeInstanceOf(TypeError);
    const sgd = new SGD(model.parameters());
    await expect(model.fit(clusters(6), new CrossEntropy(), sgd)).rejects.toThrow(TypeError);
    expect(model.hash()).toBe(before);
    trouble = '';
    expect((await model.fit(clusters(6), new CrossEntropy(), sgd)).length).toBe(1);

    trouble = 'forward';
    expect(thrown(() => gradientCheck(new Fragile(), [3])).message).toBe('Fragile.forward failed: no luck');
    const build = thrown(() => new Model([new Linear(4, 3), new MyLinear({ inFeatures: 5, outFeatures: 3 })]));
    expect(build).toBeInstanceOf(RangeError);
    expect(build.message).toContain('layer 2 of 2, MyLinear(), after Linear(4, 3), MyLinear.build failed: wants 5 features, gets 3');
  });

  test('that throws something that is no Error, or returns no numbers, is named too', () => {
    const layer = (forward: () => unknown) => new (class Odd extends Layer {
      override forward() {
        return forward() as never;
      }
    })();
    const message = (forward: () => unknown) => {
      const error = thrown(() => new Model([layer(forward)], { inputShape: [3] }).forward(new Tensor([2, 3])));
      expect(error).toBeInstanceOf(ToydlError);
      return error.message;
    };
    expect(message(() => { throw 'a string'; })).toContain('Odd.forward failed: a string');
    expect(message(() => undefined)).toContain('it must return 6 numbers, of shape [2, 3], as a Tensor or an array; it returned nothing');
    expect(message(() => [1, 2])).toContain('it returned 2');
    expect(message(() => 'six')).toContain('it returned six');
    expect(message(() => new Tensor([5]))).toContain('it returned 5');
    const model = new Model([layer(() => new Float32Array(6))], { inputShape: [3] });
    const y = model.forward(new Tensor([2, 3]));
    expect(thrown(() => model.backward(y)).message).toContain('Odd.backward failed: there is none');
  });

  test('whose class is not complete is refused', () => {
    class Nothing extends Layer {}
    expect(thrown(() => new Nothing()).message).toBe('Nothing needs the methods forward(x) and backward(dy, x, y)');
    class Half extends Metric {
      override update() {}
    }
    expect(thrown(() => new Half()).message).toContain('Half needs the methods reset(), update(prediction, target) and value()');
    class Better extends Linear {
      forward(x: Tensor) {
        return x;
      }
    }
    expect(thrown(() => new Better(2, 2)).message).toContain('Better has a forward of its own, so it must extend Layer, not Linear');
    expect(thrown(() => new (class extends Loss {})()).message).toContain('needs the methods forward(prediction, target) and backward()');
    expect(thrown(() => new (class NoFill extends Initializer {})()).message).toContain('NoFill needs a method fill');
    expect(thrown(() => new (class NoUpdate extends Optimizer {})([])).message).toContain('NoUpdate needs a method update()');
  });
});

test('loss, optimizer, metric and initializer of one\'s own give what the built-in ones give', async () => {
  const data = new Dataset(new Tensor([40, 4], Float32Array.from({ length: 160 }, (_, i) => Math.sin(i))), new Tensor([40, 2], Float32Array.from({ length: 80 }, (_, i) => Math.cos(i))));
  const losses = async (own: boolean) => {
    const model = new Model([new Linear(4, 2, { weightInitializer: own ? new Halves() : new toydl.Constant({ value: 0.125 }) })], { seed: 1 });
    const optimizer = own ? new MySGD(model.parameters(), { learningRate: 0.1 }) : new SGD(model.parameters(), { learningRate: 0.1 });
    const history = await model.fit(data, own ? new MyMSE() : new toydl.MSE(), optimizer, { epochs: 3, batchSize: 8 });
    return history.map(({ loss }) => loss);
  };
  const [own, builtIn] = [await losses(true), await losses(false)];
  own.forEach((loss, i) => expect(loss).toBeCloseTo(builtIn[i]!, 5));

  const points = clusters(90);
  const model = new Model([new Linear(4, 3)], { seed: 1 });
  const metric = new MyAccuracy();
  const history = await model.fit(points, new toydl.SoftmaxCrossEntropy(), new SGD(model.parameters()), { metric });
  expect(history[0]!.metric).toBeGreaterThan(0);
  expect(model.evaluate(points, metric)).toBe(model.evaluate(points, new Accuracy()));
  expect(metric.config).toEqual({ type: 'MyAccuracy' });
});

test('an error in a loss, an optimizer, an initializer or a metric comes back as itself', async () => {
  const fail = () => {
    throw new SyntaxError('mine');
  };
  class BadLoss extends MyMSE { override backward(): never { return fail(); } }
  class BadOptimizer extends MySGD { override update() { fail(); } }
  class BadMetric extends MyAccuracy { override update() { fail(); } }
  class BadInitializer extends Initializer { override fill(): never { return fail(); } }
  const data = clusters(6);
  const model = new Model([new Linear(4, 3)]);
  const sgd = new SGD(model.parameters());
  const loss = new toydl.SoftmaxCrossEntropy();
  const numbers = new Dataset(new Tensor([2, 4]), new Tensor([2, 3]));
  await expect(model.fit(numbers, new BadLoss(), sgd)).rejects.toThrow(new SyntaxError('BadLoss.backward failed: mine'));
  await expect(model.fit(data, loss, new BadOptimizer(model.parameters()))).rejects.toThrow(SyntaxError);
  await expect(model.fit(data, loss, sgd, { metric: new BadMetric() })).rejects.toThrow(SyntaxError);
  expect(thrown(() => model.evaluate(data, new BadMetric()))).toBeInstanceOf(SyntaxError);
  expect(thrown(() => new BadOptimizer(model.parameters()).step())).toBeInstanceOf(SyntaxError);
  const built = thrown(() => new Model([new Linear(4, 3, { weightInitializer: new BadInitializer() })]));
  expect(built).toBeInstanceOf(SyntaxError);
  expect(built.message).toBe('layer 1 of 1, Linear(4, 3) BadInitializer.fill failed: mine');
  // The next error is its own, and not one of those.
  expect(thrown(() => new Model([new Linear(4, 3), new Linear(4, 3)])).message).toContain('takes samples of shape [4]');
  expect((await model.fit(data, loss, sgd)).length).toBe(1);
});

test('code of one\'s own can neither begin a pass inside a pass, nor pull away what runs', () => {
  let inside: () => unknown = () => {};
  class Nosy extends MyReLU {
    override forward(x: Tensor) {
      inside();
      return super.forward(x);
    }
  }
  const x = new Tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const model = new Model([new Linear(3, 3), new Nosy()]);
  inside = () => model.predict(new Tensor([1, 3]));
  expect(thrown(() => model.forward(x)).message).toContain('cannot begin another one inside it');
  const other = new Model([new Linear(3, 2)]);
  class Inner extends MyReLU {
    override forward(input: Tensor) {
      other.forward(input);
      return super.forward(input);
    }
  }
  new Model([new Inner()], { inputShape: [3] }).forward(x);
  x.dispose();
  other.backward([1, 2, 3, 4]);
  expect(other.parameters()[0]!.grad.toArray().every(Number.isFinite)).toBe(true);

  inside = () => model.dispose();
  expect(model.predict(new Tensor([2, 3], [1, 2, 3, 4, 5, 6])).size).toBe(6);
  expect(thrown(() => model.hash()).message).toContain('disposed');
  const check = new (class Suicidal extends Swish {
    override backward(dy: Tensor, input: Tensor) {
      this.dispose();
      return super.backward(dy, input);
    }
  })();
  expect(gradientCheck(check, [3]).relativeError).toBeLessThan(0.01);
});

test('odd errors are told as well as they can be', () => {
  const layer = (throws: () => never) => new (class Odd extends Swish {
    override forward() {
      return throws();
    }
  })();
  const run = (throws: () => never) => thrown(() => new Model([layer(throws)], { inputShape: [3] }).forward(new Tensor([1, 3])));
  expect(run(() => { throw Object.create(null); }).message).toContain('something was thrown that has no text');
  expect(run(() => { const error = new Error(); error.message = 5 as never; throw error; }).message).toContain('Odd.forward failed: 5');
  const always = new RangeError('the same');
  for (let time = 0; time < 3; time++) {
    expect(run(() => { throw always; })).toBe(always);
    expect(always.message).toBe('layer 1 of 1, Odd() Odd.forward failed: the same');
  }
  class Late extends Swish {
    override forward(x: Tensor) {
      this.parameter('late', [1]);
      return super.forward(x);
    }
  }
  expect(thrown(() => new Model([new Late()], { inputShape: [3] }).forward(new Tensor([1, 3]))).message).toContain('must be declared in the constructor or in build');
  expect(thrown(() => new (class Half extends Loss { override forward() { return 1; } })()).message).toContain('needs the methods');
  class BadShape extends Swish {
    override build() {
      return [2n] as never;
    }
  }
  expect(thrown(() => new Model([new BadShape()], { inputShape: [3] })).message).toContain('a dimension that build returns must be a whole number');
});

test('a model with layers of one\'s own makes the way to JSON and back', () => {
  const model = new Model([
    new MyLinear({ inFeatures: 4, outFeatures: 8 }), new Residual([new Swish(), new Linear(8, 8, { weightInitializer: new toydl.Normal({ std: 0.5 }) })]), new toydl.Dropout(0.25),
  ], { seed: 9, inputShape: [4] });
  const text = JSON.stringify(model.config);
  const again = Model.fromConfig(JSON.parse(text), [MyLinear, Swish]);
  expect(again.hash()).toBe(model.hash());
  expect(JSON.stringify(again.config)).toBe(text);
  expect(thrown(() => Model.fromConfig(JSON.parse(text))).message).toContain("there is no layer 'MyLinear'");
  const halves = new Model([new Sequential([new Linear(3, 3, { weightInitializer: new Halves() }), { type: 'ReLU' } as never])]);
  expect(halves.config.layers[0]).toMatchObject({ layers: [{ weightInitializer: 'Halves' }, { type: 'ReLU' }] });
  expect(Model.fromConfig(halves.config, [Halves]).hash()).toBe(halves.hash());
});

test('a hundred models of one\'s own layers leave no memory behind', async () => {
  const data = clusters(32);
  const one = async () => {
    using model = new Model([new MyLinear({ inFeatures: 4, outFeatures: 8 }), new Residual([new Swish()]), new Linear(8, 3, { weightInitializer: new Halves() }), new Softmax()], { inputShape: [4] });
    using optimizer = new MySGD(model.parameters());
    using loss = new CrossEntropy();
    using metric = new MyAccuracy();
    await model.fit(data, loss, optimizer, { batchSize: 8, metric });
    using check = new Swish();
    gradientCheck(check, [3]);
  };
  for (let i = 0; i < 10; i++) await one();
  globalThis.gc?.();
  const { used } = memory();
  for (let i = 0; i < 100; i++) await one();
  globalThis.gc?.();
  expect(memory().used - used).toBeLessThan(1000);
});

test('a trainer runs a model of one\'s own layers step by step', () => {
  const data = clusters(20);
  const model = new Model([new MyLinear({ inFeatures: 4, outFeatures: 3 })], { inputShape: [4] });
  const trainer = new Trainer(model, data, new toydl.SoftmaxCrossEntropy(), new MySGD(model.parameters(), { learningRate: 0.1 }), { epochs: 2, batchSize: 5 });
  while (trainer.step()) continue;
  expect(trainer.stepsDone).toBe(8);
  expect(trainer.takeReport().loss).toBeLessThan(1.2);
});
