import type { MainModule } from './engine/toydl.js';
import { wholeNumber } from './check.js';
import { ToydlError, unwrap } from './errors.js';
import { hasFma, hasSimd, hasThreads } from './features.js';

/**
 * How products are added up. `strict`: every product and every sum is rounded, the same bits on every machine. `fma`: a product
 * and its sum are rounded once, which is faster, and gives other bits: the same wherever there is fused multiply-add.
 */
export type Arithmetic = 'strict' | 'fma';

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

let loaded: MainModule | undefined;
let loading: Promise<MainModule> | undefined;
let arithmeticOfLoading: Arithmetic | undefined;

/** The engine. There is one in each page, worker or process. */
export function engine(): MainModule {
  if (loaded) return loaded;
  throw new ToydlError('state', 'ToyDL is not loaded: `await load()` first');
}

/** The engine's memory as numbers. For the moment: it may grow at any call. */
export const heap = (): Float32Array => new Float32Array((engine() as unknown as { wasmMemory: WebAssembly.Memory }).wasmMemory.buffer);

/** Fetches and starts the engine, once; a call that failed may be repeated. */
export async function startEngine({ arithmetic, threads = 1, wasmUrl }: EngineOptions = {}): Promise<void> {
  if (loading && arithmetic !== undefined && arithmetic !== arithmeticOfLoading) {
    throw new ToydlError('state', `ToyDL is loaded already, with ${arithmeticOfLoading} arithmetic, and there is one engine in a page or process`);
  }
  if (!loading) {
    arithmeticOfLoading = arithmetic ?? 'strict';
    loading = start(arithmeticOfLoading, wholeNumber('threads', threads, 1), wasmUrl);
  }
  try {
    loaded = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

async function start(arithmetic: Arithmetic, threads: number, wasmUrl?: string | URL): Promise<MainModule> {
  if (!Object.hasOwn(engines, arithmetic)) {
    throw new ToydlError('option', `arithmetic must be 'strict' or 'fma', not ${JSON.stringify(arithmetic)}`);
  }
  if (!hasSimd()) {
    throw new ToydlError('unsupported', 'This browser has no WebAssembly with SIMD, which ToyDL needs. All browsers since 2023 have it.');
  }
  if (arithmetic === 'fma' && !hasFma()) {
    throw new ToydlError('unsupported', 'Here is no fused multiply-add for WebAssembly (relaxed SIMD). Use `strict` arithmetic.');
  }
  const count = hasThreads() ? Math.min(threads, 256) : 1;
  try {
    const { default: createModule } = await engines[arithmetic][count > 1 ? 'threads' : 'alone']();
    const module = await createModule({ threads: count, ...(wasmUrl !== undefined && { locateFile: () => String(wasmUrl) }) });
    unwrap(module.setThreads(count));
    return module;
  } catch (cause) {
    throw new ToydlError('load', `The engine (WebAssembly) could not be loaded: ${String(cause)}`, { cause });
  }
}

/** The engine's memory in bytes: what objects use, and what the browser has set aside, which never shrinks. */
export function memory(): { used: number; reserved: number } {
  return { used: engine().usedMemory(), reserved: engine().reservedMemory() };
}
