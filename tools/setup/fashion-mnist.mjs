// Fashion-MNIST, pictures of clothes in the files of MNIST's format, from Debian's package of it. ToyDL works without.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackDeb } from '../lib/debian.mjs';
import { checkSums } from '../lib/hash.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache } from '../lib/paths.mjs';
import { step } from '../lib/steps.mjs';
import { downloadFromForky, forkyIsReachable } from './forky.mjs';

const debianPackage = 'dataset-fashion-mnist';
// Of the unpacked files: Debian leaves names and dates out of the .gz files' headers, so theirs are not the well-known sums.
const sums = {
  'train-images-idx3-ubyte': 'f4a8712d7a061bf5bd6d2ca38dc4d50a',
  'train-labels-idx1-ubyte': '9018921c3c673c538a1fc5bad174d6f9',
  't10k-images-idx3-ubyte': '8181f5470baa50b63fa0f6fddb340f0a',
  't10k-labels-idx1-ubyte': '15d484375f8d13e6eb1aabb0c3f46965',
};

export const fashionMnist = () => inCache('fashion-mnist');

/** Whether it is there then. Where it cannot be had, a line says why. */
export async function setUpFashionMnist() {
  if (existsSync(fashionMnist())) return true;
  if (!forkyIsReachable()) return leftOut('it is a package of Debian, and this machine has no apt source for it.');
  try {
    await step('Download Fashion-MNIST', () => makeFolder(fashionMnist(), download));
    return true;
  } catch (error) {
    // The last line of a command's failure names the file that tells all.
    return leftOut(`its download failed, and the next run tries again. ${error.message.split('\n').at(-1)}`);
  }
}

function leftOut(reason) {
  console.log(`  Fashion-MNIST is left out; all else works without it. Why: ${reason}`);
  return false;
}

async function download(target) {
  // Few retries: without a network, every start would wait for them.
  await downloadFromForky(target, { packages: [debianPackage] }, { retries: 1, log: 'fashion-mnist' });
  const archive = readdirSync(target).find((name) => name.endsWith('.deb'));
  const unpacked = join(target, 'unpacked');
  await unpackDeb(join(target, archive), unpacked);
  for (const name of Object.keys(sums)) {
    const packed = readFileSync(join(unpacked, 'usr/share/datasets/fashion-mnist', `${name}.gz`));
    writeFileSync(join(target, name), gunzipSync(packed));
  }
  for (const name of [archive, 'unpacked']) rmSync(join(target, name), { recursive: true });
  checkSums(target, sums);
}
