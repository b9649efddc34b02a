// What is published: two folders in dist/npm, and the tarballs that npm makes of them. What is written by hand of each is in
// tools/pack; version and licence come from the root's package.json.
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.mjs';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { copyPackage } from '../build/package.mjs';
import { placeShards } from '../setup.mjs';
import { sizesInMarkdown } from './budget.mjs';

const { version, license, engines, repository } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

export const publishedFolder = (...parts) => inRoot('dist/npm', ...parts);

/** `toydl`: dist/package, with the starter of MNIST in place of all data. Resolves to the tarball. */
export const packToydl = () => pack('toydl', (folder) => {
  copyPackage(folder);
  copyFileSync(inRoot('CHANGELOG.md'), join(folder, 'CHANGELOG.md'));
});

/** `toydl-data`: all data sets that are there, whole. Resolves to the tarball. */
export const packData = () => pack('toydl-data', placeShards);

async function pack(name, fill) {
  const folder = await makeFolder(publishedFolder(name), (target) => {
    fill(target);
    cpSync(inRoot('tools/pack', name), target, { recursive: true });
    copyFileSync(inRoot('LICENSE'), join(target, 'LICENSE'));
    change(join(target, 'README.md'), (text) => text.replaceAll('{version}', version).replace('{sizes}', () => sizesInMarkdown(target)));
    change(join(target, 'package.json'), (text) => {
      const { name, ...own } = JSON.parse(text);
      return `${JSON.stringify({ name, version, license, engines, repository, ...own }, null, 2)}\n`;
    });
  });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', publishedFolder()], { cwd: folder, log: 'pack' });
  return publishedFolder(`${name}-${version}.tgz`);
}

const change = (file, how) => writeFileSync(file, how(readFileSync(file, 'utf8')));
