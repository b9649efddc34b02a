import createModule, { type MainModule } from './engine/toydl.js';
import { ToydlError } from './errors.js';
import { hasSimd } from './simd.js';

let loaded: MainModule | undefined;
let loading: Promise<MainModule> | undefined;

/** The engine. There is one in each page, worker or process. */
export function engine(): MainModule {
  if (loaded) return loaded;
  throw new ToydlError('state', 'ToyDL is not loaded: `await load()` first');
}

/** Fetches and starts the engine, once; a call that failed may be repeated. */
export async function startEngine(wasmUrl?: string | URL): Promise<void> {
  loading ??= start(wasmUrl);
  try {
    loaded = await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

async function start(wasmUrl?: string | URL): Promise<MainModule> {
  if (!hasSimd()) {
    throw new ToydlError('unsupported', 'This browser has no WebAssembly with SIMD, which ToyDL needs. All browsers since 2023 have it.');
  }
  try {
    return await createModule(wasmUrl === undefined ? {} : { locateFile: () => String(wasmUrl) });
  } catch (cause) {
    throw new ToydlError('load', `The engine (toydl.wasm) could not be loaded: ${String(cause)}`, { cause });
  }
}

/** The engine's memory in bytes: what objects use, and what the browser has set aside, which never shrinks. */
export function memory(): { used: number; reserved: number } {
  return { used: engine().usedMemory(), reserved: engine().reservedMemory() };
}
