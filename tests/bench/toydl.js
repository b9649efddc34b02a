// ToyDL's side of the benchmark, in a page and in Node.
import { rate } from './rate.js';

/** Returns a function that does a workload for some milliseconds and tells samples per second. */
export async function start({ load }, options) {
  const toydl = await load(options);
  const { Model, Trainer, CrossEntropy, Optimizer, memory } = toydl;
  const { train, test } = await toydl.datasets.mnist();
  const withData = memory().reserved;

  function work({ layers, optimizer, batchSize }) {
    const model = Model.fromConfig({ layers, seed: 1, inputShape: [784] });
    if (!optimizer) {
      const { x } = test.slice(0, batchSize);
      return () => {
        model.predict(x).dispose();
        return batchSize;
      };
    }
    const trainer = new Trainer(model, train, new CrossEntropy(), new Optimizer(optimizer, model.parameters()), { epochs: 1_000_000, batchSize });
    return () => {
      // Short slices, as a page takes them: the engine's code is exchanged for better one only between calls.
      trainer.advance(5);
      return trainer.takeReport().samples;
    };
  }

  const works = {};
  return {
    measure: (workload, ms) => rate(ms, (works[workload.name] ??= work(workload))),
    /** Bytes of the engine's memory beyond those that the data set took. */
    memory: () => memory().reserved - withData,
  };
}
