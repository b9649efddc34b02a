import { instance, list, wholeNumber } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, isRaw, rawOf } from './handle.js';
import { Tensor } from './tensor.js';

/** Samples taken together, x [batch, …], and their targets y. */
export interface Batch {
  x: Tensor;
  y: Tensor;
}

/** What a data set of bytes is like, before any of it has arrived. */
export interface ByteDatasetOptions {
  /** The shape of one sample. */
  sampleShape: readonly number[];
  /** How many samples there will be. */
  size: number;
  /** Labels are 0 to classes - 1. */
  classes: number;
  /** A byte times this is its value; 1 / 255 if left out. */
  scale?: number;
  /** In the first epoch samples are shuffled within blocks of so many, so that training can begin before all have arrived. */
  blockSize?: number;
}

/** Samples with their targets. */
export class Dataset extends Handle<raw.Dataset> {
  protected readonly kind = 'Dataset';

  /**
   * Copies its tensors.
   * @param x samples, [n, …]
   * @param y class indices or numbers, [n], or one-hot rows or vectors, [n, …]
   * @throws {ToydlError} `shape` if their counts differ, `not-finite` for NaN or infinity
   */
  constructor(x: Tensor, y: Tensor);
  /** @internal */
  constructor(dataset: raw.Dataset);
  constructor(x: Tensor | raw.Dataset, y?: Tensor) {
    super(isRaw(x)
      ? (x as raw.Dataset)
      : unwrap<raw.Dataset>(engine().makeDataset(rawOf(instance('x', x, Tensor)), rawOf(instance<Tensor>('y', y, Tensor)))));
  }

  /** A data set of bytes that `append` fills. @throws {ToydlError} for sizes that make no sense */
  static ofBytes({ sampleShape, size, classes, scale = 1 / 255, blockSize = 0 }: ByteDatasetOptions): Dataset {
    wholeNumber('size', size, 1);
    wholeNumber('classes', classes, 1, 256);
    wholeNumber('blockSize', blockSize, 0);
    return new Dataset(unwrap<raw.Dataset>(engine().makeByteDataset([...list('sampleShape', sampleShape)], size, classes, scale, blockSize)));
  }

  /**
   * Images [n, height, width] and their labels [n] from two IDX files, the format of MNIST.
   * @throws {ToydlError} `format` or `label` that names what is wrong with which file
   */
  static fromIdx(images: Uint8Array, labels: Uint8Array, { classes = 10 }: { classes?: number } = {}): Dataset {
    const [x, y] = [instance('images', images, Uint8Array), instance('labels', labels, Uint8Array)];
    return new Dataset(unwrap<raw.Dataset>(engine().readIdxImages(x, 'images', y, 'labels', wholeNumber('classes', classes, 1, 256))));
  }

  /** More samples of a data set of bytes, and a label for each. @throws {ToydlError} and is then as it was */
  append(samples: Uint8Array, labels: Uint8Array): void {
    unwrap(rawOf(this).append(instance('samples', samples, Uint8Array), instance('labels', labels, Uint8Array)));
  }

  /** How many samples there are in all. */
  get size(): number {
    return rawOf(this).size();
  }

  /** How many of them, from the first on, have arrived. */
  get available(): number {
    return rawOf(this).available();
  }

  get sampleShape(): number[] {
    return rawOf(this).sampleShape();
  }

  /** How many numbers a sample has. */
  get sampleSize(): number {
    return this.sampleShape.reduce((product, size) => product * size, 1);
  }

  /** The samples from `first` on, as tensors that are to be disposed of. */
  slice(first: number, count: number): Batch {
    const { x, y } = unwrap<{ x: raw.Tensor; y: raw.Tensor }>(
      rawOf(this).slice(wholeNumber('first', first, 0), wholeNumber('count', count, 0)));
    return { x: new Tensor(x), y: new Tensor(y) };
  }

  /** All samples in order, for a loop written by hand. A batch lives until the loop takes the next one. */
  *batches(batchSize: number): Generator<Batch, void, undefined> {
    wholeNumber('batchSize', batchSize, 1);
    for (let first = 0; first < this.size; first += batchSize) {
      const batch = this.slice(first, Math.min(batchSize, this.size - first));
      try {
        yield batch;
      } finally {
        batch.x.dispose();
        batch.y.dispose();
      }
    }
  }
}
