// The training worker as one classic script, dist/package/worker.js: it starts by its address, from another host, and as text.
import { inRoot } from '../lib/paths.mjs';

/**
 * What only Node or a module of its own needs is left out of bundles for browsers: other bundlers, which follow every import and every
 * address that they see, would look for it. The engine is always told where its .wasm file is.
 */
export const forBrowsersAlone = () => ({
  name: 'toydl-for-browsers-alone',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/(engine\/toydl-strict\.js|data\/fetch-bytes\.ts)$/.test(id)) return undefined;
    const changed = code
      .replace(/import\((\s*\/\*[^*]*\*\/)*\s*("node:[\w/]+"|fileSystem)\)/g, 'Promise.reject(new Error("Node is needed for that."))')
      .replace(/new URL\("[\w-]+\.wasm",import\.meta\.url\)\.href/g, '""')
      .replaceAll('import.meta.url', 'globalThis.location?.href');
    if (changed === code) throw new Error(`${id} is not as tools/build/worker.mjs expects it.`);
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
    plugins: [forBrowsersAlone()],
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
