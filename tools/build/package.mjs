// The npm package: TypeScript compiled to dist/package, with the engine and the data beside it.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lib/lock.mjs';
import { ensureFolder, inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';
import { placeShards } from '../setup.mjs';
import { engineFiles, engineFolder } from './engine.mjs';

export const packageFolder = () => inRoot('dist/package');

/** Needs the engine. */
export const buildPackage = () => withLock(inRoot('build/lock'), () => step('Build the package', async () => {
  // What is no longer among the sources goes.
  rmSync(packageFolder(), { recursive: true, force: true });
  await run(inRoot('node_modules/.bin/tsc'), ['-p', 'wasm'], { cwd: root, log: 'build-package' });
  const engine = ensureFolder(join(packageFolder(), 'engine'));
  for (const name of engineFiles) copyFileSync(join(engineFolder(), name), join(engine, name));
  placeShards(join(packageFolder(), 'data'));
}));
