// The clone's own npm packages: TypeScript, Vite, Vitest and what the page uses.
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from '../lib/hash.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';

const stampName = '.toydl-stamp';
const stamp = () => inRoot('node_modules', stampName);
const wanted = () => hashOfFiles(root, ['package.json', 'package-lock.json']);

// By content, not by date: a checkout gives files new dates.
const isInstalled = () => existsSync(stamp()) && readFileSync(stamp(), 'utf8') === wanted();

/** npm's own waits between tries would have a machine without network stand still for minutes. */
export const npmOptions = [
  '--prefer-offline', '--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000',
];

export const npmCi = (cwd) => run('npm', ['ci', '--no-audit', '--no-fund', ...npmOptions], { cwd, log: 'npm' });

export async function setUpNpm() {
  if (isInstalled()) return;
  // Installed in a folder aside and moved, so that node_modules is whole however a run ends.
  await step('Install npm packages', () => makeFolder(inRoot('build/npm'), async (target) => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(inRoot(file), join(target, file));
    await npmCi(target);
    writeFileSync(join(target, 'node_modules', stampName), wanted());
    rmSync(inRoot('node_modules'), { recursive: true, force: true });
    renameSync(join(target, 'node_modules'), inRoot('node_modules'));
  }));
}
