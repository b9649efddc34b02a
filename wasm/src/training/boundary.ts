import type { Model } from '../model.js';
import { Tensor } from '../tensor.js';
import { largestInRows, probabilitiesOf } from './answers.js';
import type { Boundary } from './protocol.js';

const size = 60;
/** The toys lie within; a little more is seen. */
const [low, high] = [-1.25, 1.25];

/** The classes that a model of two features gives to the points of a square. */
export function boundaryOf(model: Model): Omit<Boundary, 'run' | 'step'> {
  const at = (i: number) => low + ((high - low) * i) / (size - 1);
  const points = new Float32Array(2 * size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) points.set([at(column), at(row)], 2 * (row * size + column));
  }
  using x = new Tensor([size * size, 2], points);
  using output = model.predict(x);
  const classes = output.shape.at(-1)!;
  const probabilities = probabilitiesOf(model, output);
  const winners = largestInRows(probabilities, classes);
  return { size, low, high, classes: winners, certainty: winners.map((winner, i) => 255 * probabilities[i * classes + winner]!) };
}
