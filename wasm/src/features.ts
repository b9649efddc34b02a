// What this browser's WebAssembly can do, found out with the smallest modules that tell.

/** (module (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0))))): valid only where fixed-width SIMD is complete. */
const simdModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Whether WebAssembly knows vectors of 128 bits, which the engine needs. */
export const hasSimd = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);

/** f(a, b, c) = a · b + c by f32x4.relaxed_madd, which may round once or twice, as the processor likes. */
const fmaModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 22, 1, 20, 0,
  32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11,
]);

/** Whether WebAssembly multiplies and adds with one rounding here: the browser must know how, and the processor too. */
export function hasFma(): boolean {
  if (!WebAssembly.validate(fmaModule)) return false;
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(fmaModule), {}).exports;
  const x = 1 + 2 ** -12;
  // x² is 1 + 2⁻¹¹ + 2⁻²⁴, of which a float can hold all but the last.
  return (f as (a: number, b: number, c: number) => number)(x, x, -(1 + 2 ** -11)) !== 0;
}

/** Whether threads can share memory: in Node, and in a page that is cross-origin isolated. */
export const hasThreads = (): boolean =>
  typeof SharedArrayBuffer === 'function' && (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;
