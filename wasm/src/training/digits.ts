import type { Tensor } from '../tensor.js';
import type { Digits } from './protocol.js';

const most = 32;

/** The first samples of a batch [n, width²] as images. */
export function pickDigits({ x, y, prediction }: { x: Tensor; y: Tensor; prediction?: Tensor }): Digits {
  const count = Math.min(most, y.size);
  const size = x.size / y.size;
  const width = Math.sqrt(size);
  return {
    pixels: Uint8Array.from(x.toArray().subarray(0, count * size), (value) => Math.round(value * 255)),
    width,
    height: width,
    labels: Uint8Array.from(y.toArray().subarray(0, count)),
    ...(prediction && { predictions: largestInRows(prediction, count) }),
  };
}

function largestInRows(prediction: Tensor, rows: number): Uint8Array {
  const values = prediction.toArray();
  const classes = prediction.shape.at(-1)!;
  return Uint8Array.from({ length: rows }, (_, row) => {
    const scores = values.subarray(row * classes, (row + 1) * classes);
    return scores.indexOf(Math.max(...scores));
  });
}
