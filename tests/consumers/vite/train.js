import { load } from 'toydl';

/** Trains for an epoch, and shows the weights after the first step. */
export async function train(output) {
  const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, datasets } = await load();
  const { train } = await datasets.mnist();
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  await model.fit(train, new CrossEntropy(), new SGD(model.parameters(), { learningRate: 0.1 }), {
    epochs: 1,
    batchSize: 64,
    onBatch({ step }) {
      if (step === 1) output.textContent = model.hash();
    },
  });
}
