import { load, type Model } from 'toydl';
import 'toydl/element';
import { TrainingClient, type TrainingListeners } from 'toydl/training';

const { Linear, Model: Network, Softmax } = await load();
const model: Model = new Network([new Linear(784, 10), new Softmax()], { seed: 1 });

const listeners: TrainingListeners = { onReport: ({ step, loss }) => console.log(step, loss, model.hash()) };
export const client = new TrainingClient(listeners);

const playground = document.createElement('toydl-playground');
playground.addEventListener('toydl-epoch', ({ detail }) => console.log(detail.epoch, detail.accuracy));
await playground.start();
