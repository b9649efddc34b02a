/** (module (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0))))): valid only where fixed-width SIMD is complete. */
const simdModule = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Whether WebAssembly knows vectors of 128 bits, which the engine needs. */
export const hasSimd = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);
