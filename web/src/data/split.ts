import { Pcg32 } from 'toydl/data/pcg32';
import type { Samples } from './own-data';

const testShare = 0.2;
const seed = 42;

/** Four samples of five to train with, the others to test with, in random order, which is the same each time. */
export function split({ x, labels }: Samples): { train: Samples; test: Samples } {
  const order = Uint32Array.from(labels, (_, i) => i);
  new Pcg32(seed).shuffle(order);
  const testCount = Math.max(1, Math.round(labels.length * testShare));
  const size = x.length / labels.length;
  const pick = (indices: Uint32Array): Samples => {
    const picked = { x: new Float32Array(indices.length * size), labels: Uint8Array.from(indices, (i) => labels[i]!) };
    indices.forEach((from, to) => picked.x.set(x.subarray(from * size, (from + 1) * size), to * size));
    return picked;
  };
  return { train: pick(order.subarray(testCount)), test: pick(order.subarray(0, testCount)) };
}
