import type { Wasm } from '../engine.js';
import { startAlone } from '../engine-alone.js';
import { TrainingHost } from './host.js';

/** A page stays alive if it has its turn so often, in milliseconds. */
const sliceMs = 8;

/** Training on the page's own thread. */
export const hostOnPage = (wasm: () => Promise<Wasm | undefined>): TrainingHost => new TrainingHost(async () => startAlone(await wasm()), sliceMs);
