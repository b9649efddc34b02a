import { load } from 'toydl';
import { expect, test } from 'vitest';
import { MyLinear, MyReLU } from './own-layers.js';

const { Accuracy, CrossEntropy, datasets, Linear, Model, ReLU, SGD, Softmax } = await load();
const { train, test: testSet } = await datasets.mnist();

test('Linear and ReLU written in JavaScript train to the accuracy of the built-in ones', async () => {
  const accuracy = async (own: boolean) => {
    using model = new Model(own
      ? [new MyLinear({ inFeatures: 784, outFeatures: 50 }), new MyReLU(), new MyLinear({ inFeatures: 50, outFeatures: 10 }), new Softmax()]
      : [new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42, inputShape: [784] });
    using sgd = new SGD(model.parameters(), { learningRate: 0.1 });
    await model.fit(train, new CrossEntropy(), sgd, { batchSize: 64 });
    return model.evaluate(testSet, new Accuracy());
  };
  const [own, builtIn] = [await accuracy(true), await accuracy(false)];
  console.log(`in JavaScript ${own}, built in ${builtIn}`);
  expect(own).toBeGreaterThan(0.91);
  expect(Math.abs(own - builtIn)).toBeLessThan(0.003);
});
