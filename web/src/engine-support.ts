/** (module (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0))))): valid only where fixed-width SIMD is complete. */
const simdModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

const hasSimd = () => typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);

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
