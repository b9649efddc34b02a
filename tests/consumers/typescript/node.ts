// For Node alone: no types of browsers are there.
import { load, type Model } from 'toydl';

const { Linear, Model: Network, Softmax, datasets } = await load({ threads: 2 });
const { train } = await datasets.mnist();
const model: Model = new Network([new Linear(784, 10), new Softmax()], { seed: 1 });
console.log(model.hash(), train.size);
