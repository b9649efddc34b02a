// `<toydl-playground>` for other people's pages: as a small module that imports the rest when it is needed (element/), as one classic
// script that carries everything (toydl.js), and the same as one module for notebooks (anywidget.js). And what a frame needs: the
// script of embed.html (frame.js), and that of the page around it (parent.js).
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { starter } from '../setup.mjs';
import { uplotAnywhere } from './uplot.mjs';
import { forBrowsersAlone } from './worker.mjs';

/** @param folder the package, with the engine and worker.js */
export async function bundleElement(folder) {
  await bundle('element', { folder, outDir: join(folder, 'element'), format: 'es' });
  await bundle('standalone', { folder, format: 'iife', as: 'toydl' });
  await bundle('anywidget', { folder, format: 'es', single: true });
  await bundle('frame', { folder, format: 'iife' });
  copyFileSync(inRoot('web/src/embed/parent.js'), join(folder, 'parent.js'));
  await writeTypes(folder);
}

/** Bundles one entry of web/src/embed; to a single file if it is a classic script, or is asked to be. */
async function bundle(entry, { folder, outDir = folder, format, as = entry, single = format === 'iife' }) {
  const { build } = await import('vite');
  await build({
    root: inRoot('web'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: [{ find: /^toydl\//, replacement: `${inRoot('wasm/src')}/` }] },
    plugins: [forBrowsersAlone(), uplotAnywhere(), withoutPreloading(), carried(folder)],
    // A classic script cannot know its address, and carries what would be found by it.
    ...(format === 'iife' && { define: { 'import.meta.url': 'undefined' } }),
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      // Larger than usual is what one file must be that carries everything.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: inRoot('web/src/embed', `${entry}.ts`),
        preserveEntrySignatures: 'exports-only',
        output: {
          format, entryFileNames: `${as}.js`, chunkFileNames: '[name]-[hash].js',
          ...(format === 'iife' && { name: 'toydl' }), ...(single && { codeSplitting: false }),
        },
      },
    },
  });
}

/** Vite would have pages fetch beforehand what is imported later; here nothing is to be, and another bundler would stumble over how. */
const withoutPreloading = () => ({
  name: 'toydl-without-preloading',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
});

/** The module `toydl:carried`: the worker, the engine and the starter of MNIST. */
function carried(folder) {
  const name = 'toydl:carried';
  const bytesOf = (bytes) => `Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (letter) => letter.charCodeAt(0))`;
  return {
    name: 'toydl-carried',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const inPackage = (file) => readFileSync(join(folder, file));
      return [
        `export const workerText = ${JSON.stringify(inPackage('worker.js').toString())};`,
        `export const wasm = ${bytesOf(gzipSync(inPackage('engine/toydl-strict.wasm'), { level: 9 }))};`,
        `export const starter = { ${Object.entries(starter()).map(([file, bytes]) => `${JSON.stringify(file)}: ${bytesOf(bytes)}`).join(', ')} };`,
      ].join('\n');
    },
  };
}

/** Types of what can be imported: those of the whole page are made, and few are taken. */
async function writeTypes(folder) {
  const all = inRoot('build/element-types');
  rmSync(all, { recursive: true, force: true });
  await run(inRoot('node_modules/.bin/tsc'),
    ['-p', 'web', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', root, '--outDir', all], { cwd: root, log: 'build-element' });
  for (const [file, target] of [['element', 'element/element'], ['events', 'element/events'], ['anywidget', 'anywidget']]) {
    const text = readFileSync(join(all, 'web/src/embed', `${file}.d.ts`), 'utf8');
    writeFileSync(join(folder, `${target}.d.ts`), text.replace(/'toydl\/([\w/-]+)'/g, "'../$1.js'").replace("import './standalone.js';\n", ''));
  }
}
