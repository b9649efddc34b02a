// The training worker as one classic script, dist/package/worker.js: it starts by its address, from another host, and as text.
import { inRoot } from '../lib/paths.mjs';

/** The glue looks for the .wasm file beside itself, unless it is told where it is; a script of one file is always told. */
export const withoutWasmAddress = () => ({
  name: 'toydl-without-wasm-address',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/engine/toydl-strict.js')) return undefined;
    const changed = code.replace(/new URL\("[\w-]+\.wasm",import\.meta\.url\)\.href/g, '""').replaceAll('import.meta.url', 'globalThis.location?.href');
    if (changed === code) throw new Error(`${id} does not name its .wasm file as expected, see tools/build/worker.mjs.`);
    return { code: changed, map: null };
  },
});

/** Needs the engine. */
export async function bundleWorker(outDir) {
  const { build } = await import('vite');
  await build({
    root: inRoot('wasm'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [withoutWasmAddress()],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      rolldownOptions: {
        input: inRoot('wasm/src/training/worker-alone.ts'),
        output: { format: 'iife', entryFileNames: 'worker.js', codeSplitting: false },
      },
    },
  });
}
