// The training worker as one classic script, dist/package/worker.js: it starts by its address, from another host, and as text.
import { bundle } from './bundle.mjs';

/** Needs the engine. */
export const bundleWorker = (outDir) => bundle('wasm/src/training/worker-alone.ts', { outDir, as: 'worker', format: 'iife', plugins: [] });
