// `<toydl-playground>` for other people's pages: as a small module that imports the rest when it is needed (element/), as one classic
// script that carries everything (toydl.js), as a small one that fetches that when it is needed (tag.js), and as one module for notebooks
// (anywidget.js). And what a frame needs: the script of embed.html (frame.js), and that of the page around it (parent.js).
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { starter } from '../setup.mjs';
import { bundle } from './bundle.mjs';
import { uplotAnywhere } from './uplot.mjs';

/** @param folder the package, with the engine and worker.js */
export async function bundleElement(folder) {
  const plugins = [uplotAnywhere(), withoutPreloading(), carried(folder)];
  const bundleEntry = (name, options) => bundle(`web/src/embed/${name}.ts`, { outDir: folder, plugins, ...options });
  await bundleEntry('element', { outDir: join(folder, 'element'), format: 'es' });
  await bundleEntry('standalone', { as: 'toydl', format: 'iife' });
  await bundleEntry('tag', { format: 'iife' });
  await bundleEntry('anywidget', { format: 'es', single: true });
  await bundleEntry('frame', { format: 'iife' });
  copyFileSync(inRoot('web/src/embed/parent.js'), join(folder, 'parent.js'));
  await writeTypes(folder);
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
    ['-p', 'web', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--stripInternal', '--rootDir', root, '--outDir', all], { cwd: root, log: 'build-element' });
  for (const [file, target] of [['element', 'element/element'], ['playground', 'element/playground'], ['events', 'element/events'], ['anywidget', 'anywidget']]) {
    const text = readFileSync(join(all, 'web/src/embed', `${file}.d.ts`), 'utf8');
    writeFileSync(join(folder, `${target}.d.ts`), text.replace(/'toydl\/([\w/-]+)'/g, "'../$1.js'").replace("import './standalone.js';\n", ''));
  }
}
