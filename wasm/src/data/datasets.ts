import type { Dataset } from '../dataset.js';
import { Shards, type DataProgress } from './shards.js';

export interface DatasetsOptions {
  /** The folder that holds a folder for each data set; `data/` beside this package if left out. */
  dataUrl?: string | URL;
}

/** The data sets that come with ToyDL. */
export class Datasets {
  readonly #url: URL;

  /** @internal */
  constructor({ dataUrl = new URL(/* @vite-ignore */ '../data/', import.meta.url) }: DatasetsOptions) {
    this.#url = new URL(`${dataUrl}`.replace(/\/?$/, '/'), globalThis.document?.baseURI ?? import.meta.url);
  }

  /**
   * MNIST: 60,000 handwritten digits to train with and 10,000 to test with, 28 × 28 pixels from 0 to 1, as samples [784].
   * @throws {ToydlError} `load` if a part of it cannot be fetched, after three attempts
   */
  async mnist({ onProgress }: { onProgress?: (progress: DataProgress) => void } = {}): Promise<{ train: Dataset; test: Dataset }> {
    const shards = await Shards.open(new URL('mnist/', this.#url));
    await shards.load(onProgress);
    return { train: shards.train, test: shards.test };
  }
}
