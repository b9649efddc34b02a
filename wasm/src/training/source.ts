import type { LabelledData } from '../data/datasets.js';
import { datasetFromArrays } from '../data/from-arrays.js';
import { filesByName, filesIn, Shards, type DataProgress } from '../data/shards.js';
import { makeToy, type Toy } from '../data/toys.js';
import type { Dataset } from '../dataset.js';
import type { DataSource, OwnSamples } from './protocol.js';

/** Samples to train and to test with, which may still be arriving. */
export interface Source extends LabelledData {
  /** Fetches what is missing, and says how much is here. After a failure it can be called again. */
  load(onProgress: (progress: DataProgress) => void): Promise<void>;
}

/** @throws {ToydlError} `load` or `format` if a description cannot be had, `option`, `shape` or `not-finite` for samples that make no sense */
export async function openSource(source: DataSource): Promise<Source> {
  switch (source.kind) {
    case 'shards':
      return Shards.open(filesIn(new URL(source.url.replace(/\/?$/, '/'))));
    case 'files':
      return Shards.open(filesByName(source.files));
    case 'toy':
      return complete(makeToy(source.name as Toy));
    case 'samples':
      return complete(fromOwn(source.samples));
  }
}

/** Samples that are all here. */
function complete(data: LabelledData): Source {
  const [trainSamples, testSamples] = [data.train.size, data.test.size];
  const progress = { loadedBytes: 0, totalBytes: 0, trainSamples, trainTotal: trainSamples, testSamples, testTotal: testSamples };
  return { ...data, load: async (onProgress) => onProgress(progress) };
}

function fromOwn({ sampleShape, classNames, train, test }: OwnSamples): LabelledData {
  const [trainSet, testSet] = [train, test].map(({ x, labels }) => datasetFromArrays(sampleShape, x, labels)) as [Dataset, Dataset];
  return { classNames, train: trainSet, test: testSet };
}
