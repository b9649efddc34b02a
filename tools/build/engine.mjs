// The engine: the WebAssembly module with its types and the catalogue of layers. Compiling takes minutes, so what was
// built is kept in the cache under a key made of all that goes into it: another clone of the same revision copies it.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf, hashOfFiles } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { ensureFolder, inCache, inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';
import { libraries, toolchain } from '../setup.mjs';
import { cmakeBuildWasm } from './cmake.mjs';
import { fitForBundlers } from './glue.mjs';

const keptEngines = 8;
/** Of which a page fetches one. */
const engines = ['toydl-strict', 'toydl-fma', 'toydl-strict-threads', 'toydl-fma-threads'];
export const engineFiles = [...engines.flatMap((name) => [`${name}.js`, `${name}.wasm`, `${name}.d.ts`]), 'toydl.d.ts'];
const parts = [...engineFiles, 'catalogue.ts', 'descriptors.ts', 'arithmetic-version.ts'];
const keyFile = 'engine-key.txt';

/** Among the package's sources, which import it. */
export const engineFolder = () => inRoot('wasm/src/engine');

export function engineKey() {
  const { version, cxxFlags, linkFlags } = toolchain();
  const sources = ['core/toydl', 'wasm', 'CMakeLists.txt', 'CMakePresets.json', 'tools/catalogue.mjs', 'tools/build/glue.mjs'];
  // Of wasm/ only what CMake sees: the files directly in it, without TypeScript's settings.
  const isSource = (file) => dirname(file) === inRoot('wasm') ? !file.endsWith('.json') : !file.startsWith(inRoot('wasm/'));
  return hashOf(hashOfFiles(root, sources, isSource), version, ...cxxFlags, ...linkFlags, libraryVersions());
}

/** What is known of the C++ libraries: the versions of ours, the place of a person's own. */
function libraryVersions() {
  const file = join(libraries(), 'versions.txt');
  return existsSync(file) ? readFileSync(file, 'utf8') : libraries();
}

export const buildEngine = () => withLock(inRoot('build/lock'), async () => {
  const key = engineKey();
  if (hasKey(engineFolder(), key)) return;
  const stored = inCache('engines', key);
  if (hasKey(stored, key)) {
    await step('Take the engine from the cache', () => {
      utimesSync(stored, new Date(), new Date());
      return makeFolder(engineFolder(), (target) => copyEngine(stored, target));
    });
    return;
  }
  await step('Build the engine (the first time takes minutes)', async () => {
    // Nothing of an engine that was copied here may look newer than what is compiled now.
    rmSync(engineFolder(), { recursive: true, force: true });
    await cmakeBuildWasm('engine');
    for (const name of engines) {
      fitForBundlers(join(engineFolder(), `${name}.js`));
      writeFileSync(join(engineFolder(), `${name}.d.ts`), "export { default } from './toydl.js';\n");
    }
    await run(process.execPath, ['tools/catalogue.mjs'], { cwd: root, log: 'catalogue' });
    await makeFolder(stored, (target) => {
      copyEngine(engineFolder(), target);
      writeFileSync(join(target, keyFile), key);
    });
    writeFileSync(join(engineFolder(), keyFile), key);
    removeOldEngines();
  });
});

function hasKey(folder, key) {
  const file = join(folder, keyFile);
  return existsSync(file) && readFileSync(file, 'utf8') === key && parts.every((part) => existsSync(join(folder, part)));
}

function copyEngine(source, target) {
  for (const part of readdirSync(source)) cpSync(join(source, part), join(target, part), { recursive: true });
}

function removeOldEngines() {
  const folder = ensureFolder(inCache('engines'));
  const engines = readdirSync(folder).filter((name) => !name.includes('.'))
    .map((name) => ({ path: join(folder, name), used: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  for (const { path } of engines.slice(keptEngines)) rmSync(path, { recursive: true, force: true });
}
