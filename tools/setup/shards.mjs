// MNIST cut into gzipped shards for the page, so that it starts learning from the first, small one.
// A shard, unzipped: train pixels (784 bytes a picture, in the data set's order), train labels, test pixels, test labels.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache } from '../lib/paths.mjs';
import { step } from '../lib/steps.mjs';
import { readIdx } from './idx.mjs';
import { mnist } from './mnist.mjs';

export const format = 1;
const pixels = 784;
// Training picks pictures in blocks of this many, and a shard is whole blocks: only the last may be shorter.
const blockSize = 1280;
const starter = { train: blockSize, test: 200, maxBytes: 250_000 };
const laterShards = 12;

export const shards = () => inCache('shards', `mnist-${format}`);

export async function setUpShards() {
  if (existsSync(shards())) return;
  await step('Cut MNIST into shards', () => makeFolder(shards(), writeShards));
}

async function writeShards(target) {
  const train = readSet('train');
  const test = readSet('t10k');
  const entries = await Promise.all(cuts(train.count, test.count).map(async (cut, index) => {
    const file = `shard-${String(index).padStart(2, '0')}.gz`;
    const parts = [...train.slice(cut.trainFrom, cut.train), ...test.slice(cut.testFrom, cut.test)];
    const shard = await zipped(Buffer.concat(parts));
    if (index === 0 && shard.length > starter.maxBytes) {
      throw new Error(`The first shard has ${shard.length} bytes; at most ${starter.maxBytes} are allowed.`);
    }
    writeFileSync(join(target, file), shard);
    return { file, bytes: shard.length, train: cut.train, test: cut.test };
  }));
  const manifest = {
    name: 'mnist', format, sampleShape: [pixels], classes: 10, scale: 1 / 255, blockSize,
    train: train.count, test: test.count, shards: entries,
  };
  writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function readSet(name) {
  const images = readIdx(join(mnist(), `${name}-images-idx3-ubyte`)).data;
  const labels = readIdx(join(mnist(), `${name}-labels-idx1-ubyte`)).data;
  return {
    count: labels.length,
    slice: (from, count) => [
      images.subarray(from * pixels, (from + count) * pixels), labels.subarray(from, from + count),
    ],
  };
}

/** The starter, then even shards: of train whole blocks, of test in proportion to them. */
function cuts(trainCount, testCount) {
  const blocks = Math.ceil(trainCount / blockSize);
  const result = [{ trainFrom: 0, train: starter.train, testFrom: 0, test: starter.test }];
  for (let i = 1; i <= laterShards; i++) {
    const before = result[i - 1];
    const trainFrom = before.trainFrom + before.train;
    const testFrom = before.testFrom + before.test;
    const trainTo = Math.min(trainCount, blockSize * (1 + Math.round(((blocks - 1) * i) / laterShards)));
    const share = (trainTo - starter.train) / (trainCount - starter.train);
    const testTo = starter.test + Math.round((testCount - starter.test) * share);
    result.push({ trainFrom, train: trainTo - trainFrom, testFrom, test: testTo - testFrom });
  }
  return result;
}

async function zipped(bytes) {
  const result = await promisify(gzip)(bytes, { level: 9 });
  result[9] = 255; // The header's "operating system": the same bytes on every machine.
  return result;
}
