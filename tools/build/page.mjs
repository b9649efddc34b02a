// The page: Vite bundles web/ and wasm/src, with the engine and the data, to static files in dist/page.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, hashOfFiles } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';
import { manifests, placeShards } from '../setup.mjs';
import { engineKey } from './engine.mjs';

export const pageFolder = () => inRoot('dist/page');
export const viteConfig = () => inRoot('web/vite.config.ts');
const stamp = () => inRoot('build/page-stamp.txt');

/** Needs the engine. Does nothing if the page is built from just these inputs. */
export const buildPage = () => withLock(inRoot('build/lock'), async () => {
  const inputs = hashOf(
    hashOfFiles(root, ['web', 'wasm/src', 'wasm/tsconfig.json', 'package-lock.json', 'tools/build/page.mjs']),
    engineKey(), ...manifests(),
  );
  const isBuilt = existsSync(stamp()) && readFileSync(stamp(), 'utf8') === inputs;
  if (isBuilt && existsSync(join(pageFolder(), 'index.html'))) return;
  await step('Build the page', async () => {
    placeData();
    await run(inRoot('node_modules/.bin/vite'), ['build', '--config', viteConfig()], { cwd: root, log: 'build-page' });
    writeFileSync(stamp(), inputs);
  });
});

/** Vite serves build/public as it is, in development too. */
export const placeData = () => placeShards(inRoot('build/public/data'));
