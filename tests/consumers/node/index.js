import { load } from 'toydl';

const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, datasets } = await load({ threads: Number(process.argv[2] ?? 1) });
const { train } = await datasets.mnist();
const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
await model.fit(train, new CrossEntropy(), new SGD(model.parameters(), { learningRate: 0.1 }), {
  epochs: 1,
  batchSize: 64,
  onBatch({ step }) {
    if (step === 1) console.log(`after a step: ${model.hash()}`);
  },
});
console.log(`after an epoch: ${model.hash()}`);
