// Where the package's own files are that are fetched, and not imported. Each address is written out, since only so bundlers find the
// file and take it along; this module, and what it is bundled into, lies in a folder of the package.

export const workerFile = (): string => new URL(/* @vite-ignore */ '../worker.js', import.meta.url).href;

export const wasmFile = (): string => new URL(/* @vite-ignore */ '../engine/toydl-strict.wasm', import.meta.url).href;

/** The data set of MNIST that comes with the package, by the names of its files; what is not named here is beside the manifest. */
export const mnistFiles = (): Record<string, string> => ({
  'manifest.json': new URL(/* @vite-ignore */ '../data/mnist/manifest.json', import.meta.url).href,
  'shard-00.gz': new URL(/* @vite-ignore */ '../data/mnist/shard-00.gz', import.meta.url).href,
});

/** That of Fashion-MNIST, beside MNIST where the package is built by oneself. */
export const fashionFiles = (): Record<string, string> => ({
  'manifest.json': new URL('../fashion/manifest.json', mnistFiles()['manifest.json']).href,
});
