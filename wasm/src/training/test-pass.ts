import type { Dataset } from '../dataset.js';
import type { Model } from '../model.js';
import { largestInRows, noAnswer, probabilitiesOf, smallestProbability } from './answers.js';

const batchSize = 256;

/** What a model makes of the test samples that have arrived: measured slice by slice, while its weights stay as they are. */
export class TestPass {
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
  readonly #model: Model;
  readonly #test: Dataset;
  #measured = 0;
  #lossSum = 0;

  constructor(model: Model, test: Dataset) {
    this.#model = model;
    this.#test = test;
    this.labels = new Uint8Array(test.available);
    this.predictions = new Uint8Array(test.available);
  }

  /** How many samples are measured in all. */
  get samples(): number {
    return this.labels.length;
  }

  /** Goes on for about so many milliseconds. Returns whether all samples were measured. */
  advance(budgetMs: number): boolean {
    const end = performance.now() + budgetMs;
    while (this.#measured < this.samples) {
      this.#measure(Math.min(batchSize, this.samples - this.#measured));
      if (performance.now() >= end) break;
    }
    return this.#measured >= this.samples;
  }

  get accuracy(): number {
    return this.predictions.reduce((right, prediction, i) => right + Number(prediction === this.labels[i]), 0) / this.samples;
  }

  /** Mean of −ln p, where p is the probability that the right class was given. */
  get loss(): number {
    return this.#lossSum / this.samples;
  }

  /** How often each class (row) was taken for each class (column), row after row. */
  confusion(classes: number): Uint32Array {
    const counts = new Uint32Array(classes * classes);
    this.predictions.forEach((prediction, i) => {
      if (prediction !== noAnswer) counts[this.labels[i]! * classes + prediction]!++;
    });
    return counts;
  }

  #measure(count: number): void {
    const batch = this.#test.slice(this.#measured, count);
    using x = batch.x;
    using y = batch.y;
    using output = this.#model.predict(x);
    const labels = y.toArray();
    const probabilities = probabilitiesOf(this.#model, output);
    const classes = output.shape.at(-1)!;
    this.labels.set(labels, this.#measured);
    this.predictions.set(largestInRows(probabilities, classes), this.#measured);
    labels.forEach((label, i) => (this.#lossSum -= Math.log(Math.max(probabilities[i * classes + label]!, smallestProbability))));
    this.#measured += count;
  }
}
