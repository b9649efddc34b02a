import { wholeNumber } from './check.js';
import { makeEngine, startEngine, type Arithmetic } from './engine.js';
import { ToydlError } from './errors.js';
import { hasFma, hasThreads } from './features.js';

export interface EngineOptions {
  /** Default: `strict`. */
  arithmetic?: Arithmetic;
  /**
   * How many threads share the work; default: 1. They change no bit. There is one, whatever is asked for, where a browser allows
   * no more: in a page that is not cross-origin isolated.
   */
  threads?: number;
  /** Where the .wasm file of the engine is that these options want, `toydl-strict.wasm` by default; beside this module if left out. */
  wasmUrl?: string | URL;
}

/**
 * One of these is fetched. A thread is the same module in a worker; each is written out, since only so bundlers find it, with the name
 * by which the module knows that it is one: in Node it is `workerData`.
 */
const engines = {
  strict: {
    alone: () => import('./engine/toydl-strict.js'),
    threads: () => import('./engine/toydl-strict-threads.js'),
    newThread: () => new Worker(/* webpackChunkName: "toydl-strict-thread" */ new URL('./engine/toydl-strict-threads.js', import.meta.url),
      { type: 'module', name: 'em-pthread', workerData: 'em-pthread' } as WorkerOptions),
  },
  fma: {
    alone: () => import('./engine/toydl-fma.js'),
    threads: () => import('./engine/toydl-fma-threads.js'),
    newThread: () => new Worker(/* webpackChunkName: "toydl-fma-thread" */ new URL('./engine/toydl-fma-threads.js', import.meta.url),
      { type: 'module', name: 'em-pthread', workerData: 'em-pthread' } as WorkerOptions),
  },
};

/**
 * Fetches and starts the engine that is asked for, once; a call that failed may be repeated.
 * @throws {ToydlError} `option` or `state` for what cannot be asked for, `unsupported` where the browser lacks what it needs, `load` if it cannot be fetched
 */
export function loadEngine({ arithmetic, threads = 1, wasmUrl }: EngineOptions = {}): Promise<void> {
  return startEngine(async (chosen) => {
    const most = wholeNumber('threads', threads, 1);
    if (!Object.hasOwn(engines, chosen)) {
      throw new ToydlError('option', `arithmetic must be 'strict' or 'fma', not ${JSON.stringify(chosen)}`);
    }
    if (chosen === 'fma' && !hasFma()) {
      throw new ToydlError('unsupported', 'Here is no fused multiply-add for WebAssembly (relaxed SIMD). Use `strict` arithmetic.');
    }
    const count = hasThreads() ? Math.min(most, 256) : 1;
    const { alone, threads: together, newThread } = engines[chosen];
    const wasm = wasmUrl !== undefined && { wasm: String(wasmUrl) };
    return count > 1 ? makeEngine(together, { threads: count, newThread, ...wasm }) : makeEngine(alone, { ...wasm });
  }, arithmetic);
}
