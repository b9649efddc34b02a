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

/** One of these is fetched. */
const engines = {
  strict: { alone: () => import('./engine/toydl-strict.js'), threads: () => import('./engine/toydl-strict-threads.js') },
  fma: { alone: () => import('./engine/toydl-fma.js'), threads: () => import('./engine/toydl-fma-threads.js') },
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
    return makeEngine(engines[chosen][count > 1 ? 'threads' : 'alone'], { threads: count, ...(wasmUrl !== undefined && { wasm: String(wasmUrl) }) });
  }, arithmetic);
}
