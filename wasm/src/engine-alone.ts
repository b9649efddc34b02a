import createModule from './engine/toydl-strict.js';
import { makeEngine, startEngine, type Wasm } from './engine.js';

/** Starts the engine with `strict` arithmetic and one thread, where a script must be one file. @param wasm its .wasm file; the one beside the module if left out */
export const startAlone = (wasm?: Wasm): Promise<void> =>
  startEngine(() => makeEngine(async () => ({ default: createModule }), { ...(wasm !== undefined && { wasm }) }));
