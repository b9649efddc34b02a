// The page: Vite bundles web/ and wasm/src, with the engine and the data, to static files in dist/page.
import { copyFileSync, cpSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf, hashOfFiles } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { unlessDone } from '../lib/stamp.mjs';
import { manifests, placeShards } from '../setup.mjs';
import { engineKey } from './engine.mjs';
import { packageFolder, placeStarter } from './package.mjs';

export const pageFolder = () => inRoot('dist/page');
export const viteConfig = () => inRoot('web/vite.config.ts');

/** Needs the package. Does nothing if the page is built from just these inputs. */
export const buildPage = () => withLock(inRoot('build/lock'), () => {
  const inputs = hashOf(
    hashOfFiles(root, ['web', 'wasm/src', 'wasm/tsconfig.json', 'package-lock.json', 'tools/build']),
    engineKey(), ...manifests(),
  );
  return unlessDone('Build the page', { stamp: 'page-stamp.txt', inputs, made: join(pageFolder(), 'embed.html') }, async () => {
    placeData();
    await run(inRoot('node_modules/.bin/vite'), ['build', '--config', viteConfig()], { cwd: root, log: 'build-page' });
    placePackage(join(pageFolder(), 'toydl'));
    cpSync(inRoot('web/lessons'), join(pageFolder(), 'lessons'), { recursive: true });
    copyFileSync(inRoot('web/embed.html'), join(pageFolder(), 'embed.html'));
  });
});

/** What other people's pages take from this one: the package, with the starter of MNIST; all data are beside it already. */
function placePackage(target) {
  const data = join(packageFolder(), 'data');
  const isWanted = (path) => !path.endsWith('.d.ts') && !(dirname(path) === data && statSync(path).isDirectory());
  cpSync(packageFolder(), target, { recursive: true, filter: isWanted });
  placeStarter(target);
}

/** Vite serves build/public as it is, in development too. */
export const placeData = () => placeShards(inRoot('build/public/data'));
