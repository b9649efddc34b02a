// Data sets of pictures cut into gzipped shards for the page, so that it starts learning from the first, small one.
// A shard, unzipped: train pixels (784 bytes a picture, in the data set's order), train labels, test pixels, test labels.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache } from '../lib/paths.mjs';
import { placeFiles } from '../lib/place.mjs';
import { step } from '../lib/steps.mjs';
import { fashionMnist } from './fashion-mnist.mjs';
import { readIdx } from './idx.mjs';
import { mnist } from './mnist.mjs';

const format = 1;
const pixels = 784;
const maxStarterBytes = 250_000;
const laterShards = 12;

/**
 * Training picks pictures in blocks of `blockSize`, and a shard is whole blocks: only the last may be shorter. The starter is
 * one block and `starterTest` pictures of test. Clothes do not pack as well as digits: theirs is smaller, and gzip's `level` 9
 * would take ten times as long for one byte in a hundred.
 */
const dataSets = {
  mnist: {
    title: 'MNIST', files: mnist, blockSize: 1280, starterTest: 200, level: 9,
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  fashion: {
    title: 'Fashion-MNIST', files: fashionMnist, blockSize: 384, starterTest: 60, level: 6,
    labels: ['T-shirt', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  },
};

/** Counts up whenever other files are written here, so that none of an older clone are taken for them. */
const edition = 2;
const folderOf = (name) => inCache('shards', `${name}-${edition}`);
export const hasDataSet = (name) => existsSync(folderOf(name));
const namesThere = () => Object.keys(dataSets).filter(hasDataSet);

/** The manifests of the data sets that are there, for stamps. */
export const manifests = () => namesThere().map((name) => readFileSync(join(folderOf(name), 'manifest.json'), 'utf8'));

/** Makes `target` hold a folder of shards for each data set that is there, under its name. */
export function placeShards(target) {
  for (const name of namesThere()) placeFiles(folderOf(name), join(target, name));
}

/** The starter of MNIST as a data set of its own: its files by name. */
export function starter() {
  const inFolder = (file) => readFileSync(join(folderOf('mnist'), file));
  const manifest = JSON.parse(inFolder('manifest.json'));
  const [{ file, train, test }] = manifest.shards;
  const alone = { ...manifest, train, test, shards: manifest.shards.slice(0, 1) };
  return { 'manifest.json': Buffer.from(textOf(alone)), [file]: inFolder(file) };
}

const textOf = (manifest) => `${JSON.stringify(manifest, null, 2)}\n`;

export async function setUpShards(name) {
  if (hasDataSet(name)) return;
  const dataSet = dataSets[name];
  await step(`Cut ${dataSet.title} into shards`, () =>
    makeFolder(folderOf(name), (target) => writeShards(target, name, dataSet)));
}

async function writeShards(target, name, { files, blockSize, starterTest, level, labels }) {
  const train = readSet(files(), 'train');
  const test = readSet(files(), 't10k');
  const entries = await Promise.all(cuts(train.count, test.count, blockSize, starterTest).map(async (cut, index) => {
    const file = `shard-${String(index).padStart(2, '0')}.gz`;
    const parts = [...train.slice(cut.trainFrom, cut.train), ...test.slice(cut.testFrom, cut.test)];
    const shard = await zipped(Buffer.concat(parts), level);
    if (index === 0 && shard.length > maxStarterBytes) {
      throw new Error(`The first shard has ${shard.length} bytes; at most ${maxStarterBytes} are allowed.`);
    }
    writeFileSync(join(target, file), shard);
    return { file, bytes: shard.length, train: cut.train, test: cut.test };
  }));
  const manifest = {
    name, format, sampleShape: [pixels], classes: labels.length, labels, scale: 1 / 255, blockSize,
    train: train.count, test: test.count, shards: entries,
  };
  writeFileSync(join(target, 'manifest.json'), textOf(manifest));
}

function readSet(folder, name) {
  const images = readIdx(join(folder, `${name}-images-idx3-ubyte`)).data;
  const labels = readIdx(join(folder, `${name}-labels-idx1-ubyte`)).data;
  return {
    count: labels.length,
    slice: (from, count) => [
      images.subarray(from * pixels, (from + count) * pixels), labels.subarray(from, from + count),
    ],
  };
}

/** The starter, then even shards: of train whole blocks, of test in proportion to them. */
function cuts(trainCount, testCount, blockSize, starterTest) {
  const blocks = Math.ceil(trainCount / blockSize);
  const result = [{ trainFrom: 0, train: blockSize, testFrom: 0, test: starterTest }];
  for (let i = 1; i <= laterShards; i++) {
    const before = result[i - 1];
    const trainFrom = before.trainFrom + before.train;
    const testFrom = before.testFrom + before.test;
    const trainTo = Math.min(trainCount, blockSize * (1 + Math.round(((blocks - 1) * i) / laterShards)));
    const share = (trainTo - blockSize) / (trainCount - blockSize);
    const testTo = starterTest + Math.round((testCount - starterTest) * share);
    result.push({ trainFrom, train: trainTo - trainFrom, testFrom, test: testTo - testFrom });
  }
  return result;
}

async function zipped(bytes, level) {
  const result = await promisify(gzip)(bytes, { level });
  result[9] = 255; // The header's "operating system": the same bytes on every machine.
  return result;
}
