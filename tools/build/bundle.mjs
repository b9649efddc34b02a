// One way to bundle for pages that are not ours: what is fetched is one file, or a few beside each other, with plain names.
import { inRoot } from '../lib/paths.mjs';

/**
 * Bundles a module for browsers, with Vite's bundler.
 * @param entry the module
 * @param outDir where the bundle goes
 * @param as its name; that of the entry if left out
 * @param format `iife`, a classic script, or `es`, a module
 * @param single whether it must be one file, as a classic script always is
 */
export async function bundle(entry, { outDir, as = '[name]', format, single = format === 'iife', plugins }) {
  const { build } = await import('vite');
  await build({
    root: inRoot('web'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: [{ find: /^toydl\//, replacement: `${inRoot('wasm/src')}/` }] },
    plugins: [forBrowsersAlone(), ...(format === 'iife' ? [inAscii()] : []), ...plugins],
    // A classic script cannot know its address, and is told or carries what would be found by it.
    ...(format === 'iife' && { define: { 'import.meta.url': 'undefined' } }),
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      // Larger than usual is what one file must be that carries everything.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: inRoot(entry),
        preserveEntrySignatures: 'exports-only',
        output: {
          format, entryFileNames: `${as}.js`, chunkFileNames: '[name]-[hash].js',
          ...(format === 'iife' && { name: 'toydl' }), ...(single && { codeSplitting: false }),
        },
      },
    },
  });
}

/**
 * What only Node or a module of its own needs is left out of bundles for browsers: other bundlers, which follow every import and every
 * address that they see, would look for it. The engine is always told where its .wasm file is.
 */
const forBrowsersAlone = () => ({
  name: 'toydl-for-browsers-alone',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/(engine\/toydl-strict\.js|data\/fetch-bytes\.ts)$/.test(id)) return undefined;
    const changed = code
      .replace(/import\((\s*\/\*[^*]*\*\/)*\s*("node:[\w/]+"|fileSystem)\)/g, 'Promise.reject(new Error("Node is needed for that."))')
      .replace(/new URL\("[\w-]+\.wasm",import\.meta\.url\)\.href/g, '""')
      .replaceAll('import.meta.url', 'globalThis.location?.href');
    if (changed === code) throw new Error(`${id} is not as tools/build/bundle.mjs expects it.`);
    return { code: changed, map: null };
  },
});

/** A classic script is read in the encoding of the page around it, which may be any: what is not ASCII is written as an escape. */
const inAscii = () => ({
  name: 'toydl-in-ascii',
  generateBundle: {
    order: 'post',
    handler(_options, files) {
      for (const file of Object.values(files)) {
        if (file.type === 'chunk') file.code = file.code.replace(/[^\x00-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
      }
    },
  },
});
