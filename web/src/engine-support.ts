import { hasSimd } from 'toydl/features';

/** A browser that knows module workers reads the `type` option; the worker itself never starts. */
function hasModuleWorkers(): boolean {
  let asked = false;
  const options = {
    get type(): WorkerType {
      asked = true;
      return 'module';
    },
  };
  try {
    new Worker('blob:', options).terminate();
  } catch {
    // The address is refused, which is fine: the options were read before.
  }
  return asked;
}

/** What this browser lacks to run the engine, in words for a sentence; undefined if nothing. */
export function missingFeature(): string | undefined {
  if (!hasSimd()) return 'WebAssembly with SIMD';
  if (!hasModuleWorkers()) return 'module workers';
  if (typeof DecompressionStream === 'undefined') return 'DecompressionStream';
  return undefined;
}
