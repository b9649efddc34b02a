// The page: Vite bundles web/ and wasm/src, with the engine and the data, to static files in dist/page.
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, hashOfFiles } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { unlessDone } from '../lib/stamp.mjs';
import { manifests, placeShards } from '../setup.mjs';
import { engineKey } from './engine.mjs';
import { copyPackage, makers } from './package.mjs';

export const pageFolder = () => inRoot('dist/page');
export const viteConfig = () => inRoot('web/vite.config.ts');

/** Needs the package. Does nothing if the page is built from just these inputs. */
export const buildPage = () => withLock(inRoot('build/lock'), () => {
  const inputs = hashOf(hashOfFiles(root, ['web', 'wasm/src', 'wasm/tsconfig.json', ...makers]), engineKey(), ...manifests());
  return unlessDone('Build the page', { stamp: 'page-stamp.txt', inputs, made: pageFolder() }, async () => {
    placeData();
    await run(inRoot('node_modules/.bin/vite'), ['build', '--config', viteConfig()], { cwd: root, log: 'build-page' });
    // What other people's pages take from this one; all data are beside it already.
    copyPackage(join(pageFolder(), 'toydl'), (path) => !path.endsWith('.d.ts'));
    cpSync(inRoot('web/lessons'), join(pageFolder(), 'lessons'), { recursive: true });
    copyFileSync(inRoot('web/embed.html'), join(pageFolder(), 'embed.html'));
  });
});

/** Vite serves build/public as it is, in development too. */
export const placeData = () => placeShards(inRoot('build/public/data'));
