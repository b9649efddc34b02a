import type { Tensor } from '../tensor.js';
import { largestInRows, noAnswer } from './answers.js';
import { imageWidth } from './image-width.js';
import type { Digits } from './protocol.js';

/** So many of a batch are shown. */
export const mostDigits = 32;

/** The first samples of a batch [n, width²] as images, values from 0 to 1; undefined if they are none. */
export function pickDigits({ x, y, prediction }: { x: Tensor; y: Tensor; prediction?: Tensor }): Digits | undefined {
  const count = Math.min(mostDigits, y.size);
  const size = x.size / y.size;
  const width = imageWidth(size);
  if (width === undefined) return undefined;
  const classes = prediction?.shape.at(-1) ?? 0;
  const predictions = prediction && largestInRows(prediction.toArray().subarray(0, count * classes), classes);
  return {
    pixels: Uint8Array.from(x.toArray().subarray(0, count * size), (value) => Math.min(255, Math.max(0, Math.round(value * 255)))),
    width,
    height: width,
    labels: Uint8Array.from(y.toArray().subarray(0, count)),
    ...(predictions && !predictions.includes(noAnswer) && { predictions }),
  };
}
