// ToyDL's side of the benchmark, in a page and in Node.
import { rate, workloads } from './workloads.js';

function layersOf({ Linear, ReLU, Conv2D, MaxPool2D, Flatten, SimpleRNN, Reshape, Softmax }, name) {
  switch (name) {
    case 'W2':
      return [new Linear(784, 512), new ReLU(), new Linear(512, 256), new ReLU(), new Linear(256, 10), new Softmax()];
    case 'W3':
      return [
        new Reshape([1, 28, 28]), new Conv2D(1, 8, 5, { padding: 'same' }), new ReLU(), new MaxPool2D(2),
        new Conv2D(8, 16, 5, { padding: 'same' }), new ReLU(), new MaxPool2D(2), new Flatten(), new Linear(784, 10), new Softmax(),
      ];
    case 'W4':
      return [new Reshape([28, 28]), new SimpleRNN(28, 64), new Linear(64, 10), new Softmax()];
    default:
      return [new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()];
  }
}

/** Returns a function that does a workload for some milliseconds and tells samples per second. */
export async function start({ load }, options) {
  const toydl = await load(options);
  const { Model, Trainer, CrossEntropy, SGD, Adam, memory } = toydl;
  const { train, test } = await toydl.datasets.mnist();
  const withData = memory().reserved;

  function work(name) {
    const model = new Model(layersOf(toydl, name), { seed: 1, inputShape: [784] });
    if (name === 'predict' || name === 'one') {
      const { x } = test.slice(0, name === 'one' ? 1 : 1000);
      return () => {
        model.predict(x).dispose();
        return x.shape[0];
      };
    }
    const parameters = model.parameters();
    const optimizer = name === 'W1' ? new SGD(parameters, { learningRate: 0.1 }) : new Adam(parameters);
    const trainer = new Trainer(model, train, new CrossEntropy(), optimizer, { epochs: 1_000_000, batchSize: workloads[name].batchSize });
    return () => {
      // Short slices, as a page takes them: the engine's code is exchanged for better one only between calls.
      trainer.advance(5);
      return trainer.takeReport().samples;
    };
  }

  const works = {};
  return {
    measure: (name, ms) => rate(ms, (works[name] ??= work(name))),
    /** Bytes of the engine's memory beyond those that the data set took. */
    memory: () => memory().reserved - withData,
  };
}
