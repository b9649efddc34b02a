import type { Config } from '../config.js';
import type { DataProgress } from '../data/shards.js';
import type { Outline } from '../outline.js';

/** What a page and its training worker say to each other. Every message is a plain object that can be cloned. */
export type { Config, DataProgress, Outline };

/** Where samples come from. */
export type DataSource =
  /** The folder of a data set in pieces, absolute. */
  | { kind: 'shards'; url: string }
  /** The files of a data set in pieces by their names, such as `manifest.json`: each its address, absolute, or its bytes. */
  | { kind: 'files'; files: Record<string, string | Uint8Array> }
  /** Points in the plane, by the name of the shape that they make. */
  | { kind: 'toy'; name: string }
  /** The user's own. */
  | { kind: 'samples'; samples: OwnSamples };

/** Samples of a user's own, all there. */
export interface OwnSamples {
  sampleShape: number[];
  classNames: string[];
  train: { x: Float32Array; labels: Uint8Array };
  test: { x: Float32Array; labels: Uint8Array };
}

/** What the samples are like. */
export interface DatasetInfo {
  sampleShape: number[];
  classNames: string[];
  /** How many there are to train and to test with, in the end. */
  size: { train: number; test: number };
}

/** One training run. The same run gives the same bits on every machine. */
export interface RunConfig {
  layers: Config[];
  loss: Config;
  optimizer: Config & { learningRate: number };
  batchSize: number;
  epochs: number;
  seed: number;
}

/**
 * Where training is. `waiting`: the next batch has not been downloaded yet. `queued`: another network in this page is training. From both
 * it goes on by itself.
 */
export type TrainingState = 'loading' | 'running' | 'waiting' | 'queued' | 'paused' | 'done' | 'failed';

/** What the worker says after a slice of training, about 30 times a second, and after a reset (step 0). */
export interface Report {
  /** The number that the page gave to this run. */
  run: number;
  /** Optimizer steps since the start of the run. */
  step: number;
  stepsPerEpoch: number;
  samplesPerEpoch: number;
  /** Epochs done, with a fraction: 1.5 is the middle of the second one. */
  epoch: number;
  epochs: number;
  /** Mean training loss over this slice's steps; absent if there were none, at the start. */
  loss?: number;
  /** Share of this slice's training samples that were classified correctly, before their update. */
  trainAccuracy?: number;
  /** Training samples per second, over about the last second of training. */
  samplesPerSecond: number;
  /** 16 hexadecimal digits: equal weights, equal hash. */
  hash: string;
}

/** How the test samples that have arrived are classified; measured about once a second, and at the end of each epoch. */
export interface TestReport {
  run: number;
  step: number;
  epoch: number;
  /** Mean cross-entropy, −ln of the probability that the right class was given. */
  loss: number;
  accuracy: number;
  /** How many test samples were measured. */
  samples: number;
  /** How often each class (row) was taken for each class (column), row after row. */
  confusion: Uint32Array;
}

/** Some samples of the batch just trained on, and what the model said of them before the update. */
export interface Digits {
  /** `count` images of `width` × `height` bytes, one after another, 0 is background. */
  pixels: Uint8Array;
  width: number;
  height: number;
  labels: Uint8Array;
  /** Absent before the first step. */
  predictions?: Uint8Array;
}

/** A sample to follow while training goes on. */
export interface Watch {
  sample: { kind: 'test'; index: number } | { kind: 'values'; values: Float32Array };
  /** Whether to look into the layers too, and not only at the answer. */
  inside: boolean;
}

/** The numbers of one parameter, summed up. */
export interface ParameterView {
  name: string;
  shape: number[];
  /** Root of the sum of squares, of the values and of the gradient of the last batch. */
  norm: number;
  gradNorm: number;
  /** How many values are in each of equally wide bins from low to high. */
  histogram: { low: number; high: number; counts: number[] };
  /** The values themselves, where they can be seen as images: filters, and weights on pixels. */
  values?: Float32Array;
}

/** What happens in one layer for the sample that is watched. */
export interface LayerView {
  /** As in a message: "Linear(784, 50)". */
  layer: string;
  type: string;
  /** Shape and values of its output for the sample. */
  shape: number[];
  values: Float32Array;
  parameters: ParameterView[];
  /** Of a ReLU: how many of its units were zero for each of some test samples. */
  dead?: { units: number; dead: number; samples: number };
}

/** The model's answer for the sample that is watched, and the way to it. */
export interface Watched {
  run: number;
  step: number;
  watch: Watch;
  /** The sample itself, and its class if that is known. */
  values: Float32Array;
  label?: number;
  /** Of each class. */
  probabilities: Float32Array;
  layers?: LayerView[];
}

/** The classes that the model gives to the points of a square in the plane. */
export interface Boundary {
  run: number;
  step: number;
  /** The square reaches from low to high in both directions, in so many points each. */
  size: number;
  low: number;
  high: number;
  /** Row after row, the lowest second feature first: the class of each point, and its probability from 0 to 255. */
  classes: Uint8Array;
  certainty: Uint8Array;
}

/** Samples with all that is known of them. */
export interface Samples {
  /** Their places in the data set. */
  indices: number[];
  /** One after another. */
  values: Float32Array;
  labels: Uint8Array;
  /** What the model said of them when it was last measured; absent for training samples, and before that. */
  predictions?: Uint8Array;
}

/** What can be asked of the worker, and what it answers. */
export interface Questions {
  /** What layers would make of samples of a shape. */
  outline: { ask: { layers: Config[]; inputShape: number[] }; answer: Outline };
  /** The first samples, or the first that belong to one class and were taken for another. */
  samples: { ask: { from: 'train'; count: number } | { from: 'test'; count: number; actual?: number; predicted?: number }; answer: Samples };
  /** Everything that training needs to go on to the same bits; `about` comes back with it. */
  checkpoint: { ask: { about: string }; answer: Uint8Array<ArrayBuffer> };
}
export type Question = keyof Questions;

/** An error as a plain object. */
export interface Problem {
  code: string;
  message: string;
  /** Sending `retry` may help (a download failed). */
  retry: boolean;
  /** Sending `go-back` leads to the state at this step, which was good. */
  goodStep?: number;
}

/** From the page to the worker. */
export type Command =
  | { type: 'load'; source: DataSource }
  /** @param checkpoint where to go on; from the start if left out */
  | { type: 'configure'; config: RunConfig; run: number; play: boolean; checkpoint?: Uint8Array }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'step' }
  /** To the end of the epoch, then a pause. */
  | { type: 'epoch' }
  | { type: 'reset'; run: number; play: boolean }
  | { type: 'go-back'; run: number; learningRate: number }
  | { type: 'learning-rate'; value: number }
  | { type: 'retry' }
  | { type: 'watch'; watch?: Watch }
  /** Whether to say how the plane is divided; for samples of two features. */
  | { type: 'boundary'; on: boolean }
  | { type: 'ask'; id: number; question: Question; ask: Questions[Question]['ask'] }
  | { type: 'ping' };

/** From the worker to the page. */
export type Message =
  | { type: 'data'; progress: DataProgress }
  | { type: 'dataset'; dataset: DatasetInfo }
  | { type: 'state'; state: TrainingState }
  | { type: 'report'; report: Report }
  | { type: 'test'; report: TestReport }
  | { type: 'digits'; run: number; digits: Digits }
  | { type: 'watched'; watched: Watched }
  | { type: 'boundary'; boundary: Boundary }
  /** At the start, every few seconds while training goes on, and when it stops. */
  | { type: 'checkpoint'; run: number; step: number; bytes: Uint8Array<ArrayBuffer> }
  /** It is to play, but all epochs of this run are over: whoever asked did not know yet. */
  | { type: 'ended'; run: number }
  | { type: 'answer'; id: number; answer?: Questions[Question]['answer']; problem?: Problem }
  /** @param run absent for what is no run's, such as a failed download */
  | { type: 'problem'; run?: number; problem: Problem }
  | { type: 'pong' };
