import type createModule from './engine/toydl.js';
import type { MainModule } from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { hasSimd } from './features.js';

/**
 * How products are added up. `strict`: every product and every sum is rounded, the same bits on every machine. `fma`: a product
 * and its sum are rounded once, which is faster, and gives other bits: the same wherever there is fused multiply-add.
 */
export type Arithmetic = 'strict' | 'fma';

/** A .wasm file: its address, or its bytes. */
export type Wasm = string | ArrayBuffer;

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

/** The engine's memory in bytes: what objects use, and what the browser has set aside, which never shrinks. */
export function memory(): { used: number; reserved: number } {
  return { used: engine().usedMemory(), reserved: engine().reservedMemory() };
}

/**
 * Starts the engine, once; a call that failed may be repeated.
 * @param open makes it, with the arithmetic that is asked for, or else with `strict`
 * @throws {ToydlError} `state` if it is there with other arithmetic than is asked for, `unsupported` where there is no WebAssembly SIMD
 */
export async function startEngine(open: (arithmetic: Arithmetic) => Promise<MainModule>, arithmetic?: Arithmetic): Promise<void> {
  if (loading && arithmetic !== undefined && arithmetic !== arithmeticOfLoading) {
    throw new ToydlError('state', `ToyDL is loaded already, with ${arithmeticOfLoading} arithmetic, and there is one engine in a page or process`);
  }
  if (!hasSimd()) {
    throw new ToydlError('unsupported', 'This browser has no WebAssembly with SIMD, which ToyDL needs. All browsers since 2023 have it.');
  }
  loading ??= open((arithmeticOfLoading = arithmetic ?? 'strict'));
  try {
    loaded = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/**
 * Makes an engine.
 * @param importFactory fetches what makes its module
 * @param threads how many; more than one are made by `newThread`
 * @param wasm its .wasm file; the one beside the factory's module if left out
 * @throws {ToydlError} `load` if it cannot be fetched
 */
export async function makeEngine(
  importFactory: () => Promise<{ default: typeof createModule }>,
  { threads = 1, newThread, wasm }: { threads?: number; newThread?: () => unknown; wasm?: Wasm } = {},
): Promise<MainModule> {
  try {
    const { default: create } = await importFactory();
    const module = await new Promise<MainModule>((resolve, reject) => {
      create({ threads, newThread, ...(wasm !== undefined && howToHave(wasm, reject)) }).then(resolve, reject);
    });
    unwrap(module.setThreads(threads));
    return module;
  } catch (cause) {
    const from = typeof wasm === 'string' ? ` from ${wasm}` : '';
    throw new ToydlError('load', `The engine (WebAssembly) could not be loaded${from}: ${reasonOf(cause)}`, { cause });
  }
}

/** What Emscripten says, without its advice to those who build the engine. */
const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/^Aborted\((.*)\)\.?( Build with -sASSERTIONS for more info\.?)?$/s, '$1');

/** Options of Emscripten's for a .wasm file that is elsewhere. It waits for bytes without end if they are no such file, so that goes to `onError`. */
function howToHave(wasm: Wasm, onError: (error: unknown) => void): object {
  if (typeof wasm === 'string') return { locateFile: () => wasm };
  return {
    instantiateWasm: (imports: WebAssembly.Imports, onInstance: (instance: WebAssembly.Instance) => void) =>
      void WebAssembly.instantiate(wasm, imports).then(({ instance }) => onInstance(instance)).catch(onError),
  };
}
