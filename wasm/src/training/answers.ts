import type { Model } from '../model.js';
import type { Tensor } from '../tensor.js';

/** In place of a class: a row with NaN in it answers nothing. */
export const noAnswer = 255;

/** No probability counts as less, as in the engine: the smallest normal float. */
export const smallestProbability = 2 ** -126;

/** The place of the largest value in each row of `classes` values, or `noAnswer`. */
export function largestInRows(values: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: values.length / classes }, (_, row) => {
    const first = row * classes;
    let largest = first;
    for (let i = first; i < first + classes; i++) {
      if (Number.isNaN(values[i])) return noAnswer;
      if (values[i]! > values[largest]!) largest = i;
    }
    return largest - first;
  });
}

/** The probabilities that a model gives to the classes, row after row: its output, or the softmax of that if the model does not end with one. */
export function probabilitiesOf(model: Model, output: Tensor): Float32Array {
  const values = output.toArray();
  if (model.layers.at(-1)!.config.type === 'Softmax') return values;
  const classes = output.shape.at(-1)!;
  for (let first = 0; first < values.length; first += classes) {
    const row = values.subarray(first, first + classes);
    const top = Math.max(...row);
    row.set(row.map((value) => Math.exp(value - top)));
    const sum = row.reduce((total, value) => total + value, 0);
    row.set(row.map((value) => value / sum));
  }
  return values;
}
