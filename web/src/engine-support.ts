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
export function missingEngineFeature(): string | undefined {
  if (!hasSimd()) return 'WebAssembly with SIMD';
  if (typeof DecompressionStream === 'undefined') return 'DecompressionStream';
  return undefined;
}

/** What it lacks to run the page. */
export const missingFeature = (): string | undefined => missingEngineFeature() ?? (hasModuleWorkers() ? undefined : 'module workers');
