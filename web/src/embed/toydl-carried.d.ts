/** Made by the build of the file that carries everything; see tools/build/element.mjs. */
declare module 'toydl:carried' {
  export const workerText: string;
  /** The engine, gzipped. */
  export const wasm: Uint8Array<ArrayBuffer>;
  export const starter: Record<string, Uint8Array>;
}
