import { writeFileSync } from 'node:fs';
import { load } from 'toydl';
import { html } from './page.js';

const { Model, Linear, ReLU, Softmax } = await load();
const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
writeFileSync('index.html', html({ firstWeights: model.hash() }));
