import { knownOptions } from '../check.js';
import type { Dataset } from '../dataset.js';
import { ToydlError } from '../errors.js';
import { fashionFiles, mnistFiles } from './files.js';
import { filesByName, filesIn, Shards, type DataProgress } from './shards.js';
import { makeToy, type Toy, type ToyOptions } from './toys.js';

export interface DatasetsOptions {
  /**
   * The folder that holds a folder for each data set, in Node a `file:` address or a path too. If left out there is what comes with the
   * package: the first 1,280 digits of MNIST to train with and 200 to test with, or all, where the package is built by oneself.
   */
  dataUrl?: string | URL;
}

export interface DownloadOptions {
  onProgress?: (progress: DataProgress) => void;
}

/** Samples of classes, to train with and to test with. */
export interface LabelledData {
  train: Dataset;
  test: Dataset;
  /** What the label 0 stands for, the label 1, … */
  classNames: readonly string[];
}

const packageFiles = { mnist: mnistFiles, fashion: fashionFiles };

/** The data sets that come with ToyDL. */
export class Datasets {
  readonly #url?: URL;

  /** @internal */
  constructor({ dataUrl }: DatasetsOptions) {
    if (dataUrl !== undefined) this.#url = new URL(`${dataUrl}`.replace(/\/?$/, '/'), here());
  }

  /**
   * MNIST: 60,000 handwritten digits to train with and 10,000 to test with, where `load` was given a `dataUrl`, 28 × 28 pixels from 0 to 1, as samples [784].
   * @throws {ToydlError} `load` if a part of it cannot be fetched, after three attempts
   */
  mnist(options?: DownloadOptions): Promise<LabelledData> {
    return this.#download('mnist', options);
  }

  /**
   * Fashion-MNIST: pictures of ten kinds of clothes, as many and as large as MNIST's digits, and harder to tell apart.
   * @throws {ToydlError} `load` if a part of it cannot be fetched; it is not there if the set-up had to leave it out
   */
  fashion(options?: DownloadOptions): Promise<LabelledData> {
    return this.#download('fashion', options);
  }

  /**
   * Points of the plane, made on the spot: `spiral`, `moons`, `circles` or `xor`, as samples [2].
   * @throws {ToydlError} `option` for a name or a number that makes no sense
   */
  toy(name: Toy, options?: ToyOptions): LabelledData {
    return makeToy(name, options);
  }

  async #download(name: 'mnist' | 'fashion', options: DownloadOptions = {}): Promise<LabelledData> {
    const { onProgress } = knownOptions(name, options, ['onProgress']);
    const shards = await this.#open(name);
    await shards.load(onProgress);
    return { train: shards.train, test: shards.test, classNames: shards.classNames };
  }

  async #open(name: 'mnist' | 'fashion'): Promise<Shards> {
    if (this.#url) return Shards.open(filesIn(new URL(`${name}/`, this.#url)));
    try {
      return await Shards.open(filesByName(packageFiles[name]()));
    } catch (cause) {
      throw new ToydlError('load', `${(cause as Error).message} From npm, all data sets are the package toydl-data: give its folder to load() as dataUrl.`, { cause });
    }
  }
}

/** What relative addresses are relative to: the page, or a worker's script; in Node the folder in which it was started. */
function here(): string {
  if (globalThis.document) return document.baseURI;
  if (globalThis.location) return location.href;
  const folder = process.cwd().replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replace(/^([^/])/, '/$1').replaceAll('%3A', ':');
  return `file://${folder}/`;
}
