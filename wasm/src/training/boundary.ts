import type { Model } from '../model.js';
import { Tensor } from '../tensor.js';
import { largestInRows, probabilitiesOf } from './answers.js';
import type { Boundary } from './protocol.js';

const size = 60;
/** The toys lie within; a little more is seen. */
const [low, high] = [-1.25, 1.25];

const at = (i: number) => low + ((high - low) * i) / (size - 1);
/** The points of the square, row after row. */
const points = Float32Array.from({ length: 2 * size * size }, (_, i) => at(i % 2 === 0 ? (i >> 1) % size : Math.floor((i >> 1) / size)));

/** The classes that a model of two features gives to the points of a square. */
export function boundaryOf(model: Model): Omit<Boundary, 'run' | 'step'> {
  using x = new Tensor([size * size, 2], points);
  using output = model.predict(x);
  const classes = output.shape.at(-1)!;
  const probabilities = probabilitiesOf(model, output);
  const winners = largestInRows(probabilities, classes);
  return { size, low, high, classes: winners, certainty: winners.map((winner, i) => 255 * probabilities[i * classes + winner]!) };
}
