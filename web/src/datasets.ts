import { imageWidth as imageWidthOf } from 'toydl/training/image-width';
import type { DataSource, OwnSamples } from 'toydl/training/protocol';

/** What the page knows of a data set before any of it is here. */
export interface Data {
  /** The number of features of a sample. */
  inputs: number;
  classes: number;
}

const images: Data = { inputs: 784, classes: 10 };
const plane = (classes: number): Data => ({ inputs: 2, classes });

/** The data sets of the page; `own` is the user's. */
export const datasets = {
  mnist: images,
  fashion: images,
  spiral: plane(3),
  moons: plane(2),
  circles: plane(2),
  xor: plane(2),
  own: images,
} satisfies Record<string, Data>;

export type DatasetName = keyof typeof datasets;
export const datasetNames = Object.keys(datasets) as DatasetName[];

/** How many samples the data sets have; `toy` each of the toys. */
const sizes = { mnist: { train: 60_000, test: 10_000 }, fashion: { train: 60_000, test: 10_000 }, toy: { train: 1000, test: 500 } };

/** How many samples there are to train and to test with; undefined for the user's own if there are none. */
export function sizeOf(name: DatasetName, own?: OwnSamples): { train: number; test: number } | undefined {
  if (name === 'own') return own && { train: own.train.labels.length, test: own.test.labels.length };
  return name === 'mnist' || name === 'fashion' ? sizes[name] : sizes.toy;
}

/** @param own the user's samples, if there are any */
export function dataOf(name: DatasetName, own?: OwnSamples): Data {
  if (name !== 'own' || !own) return datasets[name];
  return { inputs: own.sampleShape.reduce((product, size) => product * size, 1), classes: own.classNames.length };
}

/** Where the worker gets it. @param dataUrl the folder of data sets in pieces, absolute */
export function sourceOf(name: DatasetName, dataUrl: string, own?: OwnSamples): DataSource {
  if (name === 'own' && own) return { kind: 'samples', samples: own };
  if (name === 'mnist' || name === 'fashion' || name === 'own') return { kind: 'shards', url: `${dataUrl}${name === 'own' ? 'mnist' : name}/` };
  return { kind: 'toy', name };
}

/** Whether its samples are points of the plane. */
export const isPlane = ({ inputs }: Data): boolean => inputs === 2;

/** The width of its samples as square images; undefined if they are none. */
export const imageWidth = ({ inputs }: Data): number | undefined => imageWidthOf(inputs);
