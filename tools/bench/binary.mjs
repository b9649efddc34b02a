// The native program of the benchmark, which `buildNative('fast', 'toydl_bench')` makes.
import { join } from 'node:path';
import { mnist } from '../setup.mjs';

export const binaryOf = (folder) => join(folder, 'build/fast/toydl_bench');

/** What it finds the data by. */
export const env = () => ({ TOYDL_MNIST: mnist() });
