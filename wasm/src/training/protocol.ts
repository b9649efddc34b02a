import type { Config } from '../config.js';
import type { DataProgress } from '../data/shards.js';

/** What a page and its training worker say to each other. Every message is a plain object that can be cloned. */
export type { Config, DataProgress };

/** One training run. The same run gives the same bits on every machine. */
export interface RunConfig {
  layers: Config[];
  loss: Config;
  optimizer: Config & { learningRate: number };
  batchSize: number;
  epochs: number;
  seed: number;
}

/** Where training is. `waiting`: the next batch has not been downloaded yet; it goes on by itself. */
export type TrainingState = 'loading' | 'running' | 'waiting' | 'paused' | 'done' | 'failed';

/** What the worker says after a slice of training, about 30 times a second, and after a reset (step 0). */
export interface Report {
  /** Optimizer steps since the start of the run. */
  step: number;
  stepsPerEpoch: number;
  /** Epochs done, with a fraction: 1.5 is the middle of the second one. */
  epoch: number;
  epochs: number;
  /** Mean training loss over this slice's steps; absent at step 0. */
  loss?: number;
  /** Share of this slice's training samples that were classified correctly, before their update. */
  trainAccuracy?: number;
  /** Training samples per second, over about the last second of training. */
  samplesPerSecond: number;
  /** 16 hexadecimal digits: equal weights, equal hash. */
  hash: string;
}

/** Accuracy on the test images that have arrived; measured a few times in each epoch and at its end. */
export interface TestReport {
  step: number;
  epoch: number;
  accuracy: number;
  /** How many test images were measured. */
  samples: number;
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

/** An error as a plain object. `retry`: sending `retry` may help (a download failed). */
export interface Problem {
  code: string;
  message: string;
  retry: boolean;
}

/** From the page to the worker. */
export type Command =
  | { type: 'load'; dataUrl: string }
  | { type: 'configure'; run: RunConfig; play: boolean }
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'step' }
  | { type: 'reset'; play: boolean }
  | { type: 'learning-rate'; value: number }
  | { type: 'retry' };

/** From the worker to the page. */
export type Message =
  | { type: 'data'; progress: DataProgress }
  | { type: 'state'; state: TrainingState }
  | { type: 'report'; report: Report }
  | { type: 'test'; report: TestReport }
  | { type: 'digits'; digits: Digits }
  | { type: 'problem'; problem: Problem };
