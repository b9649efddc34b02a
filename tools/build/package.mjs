// The npm package: TypeScript compiled to dist/package, with the engine and the data beside it, and bundles for those without a bundler.
import { copyFileSync, cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf, hashOfFiles } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { ensureFolder, inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { unlessDone } from '../lib/stamp.mjs';
import { manifests, placeShards, starter } from '../setup.mjs';
import { bundleElement } from './element.mjs';
import { engineFiles, engineFolder, engineKey } from './engine.mjs';
import { bundleWorker } from './worker.mjs';

export const packageFolder = () => inRoot('dist/package');

/** What makes the package and the page, beside their sources. */
export const makers = ['package-lock.json', 'tools/build', 'tools/lib', 'tools/setup/shards.mjs'];

/** Needs the engine. Does nothing if the package is built from just these inputs. */
export const buildPackage = () => withLock(inRoot('build/lock'), () => {
  const sources = ['wasm/src', 'wasm/tsconfig.json', 'web/src', 'web/tsconfig.json', ...makers];
  const inputs = hashOf(hashOfFiles(root, sources), engineKey(), ...manifests());
  return unlessDone('Build the package', { stamp: 'package-stamp.txt', inputs, made: packageFolder() }, async () => {
    const folder = packageFolder();
    // What is no longer among the sources goes.
    rmSync(folder, { recursive: true, force: true });
    await run(inRoot('node_modules/.bin/tsc'), ['-p', 'wasm'], { cwd: root, log: 'build-package' });
    // Our own bundler was to leave these addresses alone; an author's is to find the files.
    const files = join(folder, 'data/files.js');
    writeFileSync(files, readFileSync(files, 'utf8').replaceAll('/* @vite-ignore */ ', ''));
    const engine = ensureFolder(join(folder, 'engine'));
    for (const name of engineFiles) copyFileSync(join(engineFolder(), name), join(engine, name));
    placeShards(join(folder, 'data'));
    await bundleWorker(folder);
    await bundleElement(folder);
  });
});

/** Copies the package to a folder, with the starter of MNIST in place of all data. @param isWanted says which of its files */
export function copyPackage(folder, isWanted = () => true) {
  const data = join(packageFolder(), 'data');
  const isDataSet = (path) => dirname(path) === data && statSync(path).isDirectory();
  cpSync(packageFolder(), folder, { recursive: true, filter: (path) => isWanted(path) && !isDataSet(path) });
  const mnist = ensureFolder(join(folder, 'data/mnist'));
  for (const [name, bytes] of Object.entries(starter())) writeFileSync(join(mnist, name), bytes);
}
