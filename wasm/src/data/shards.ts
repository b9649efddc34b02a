import { Dataset } from '../dataset.js';
import { ToydlError } from '../errors.js';
import { fetchBytes } from './fetch-bytes.js';
import { gunzip } from './gunzip.js';

/** A file of a data set: its address, or its bytes. */
export type DataFile = URL | Uint8Array;

/** Finds a file of a data set by its name. */
export type FindFile = (name: string) => DataFile;

export const filesIn = (folder: URL): FindFile => (name) => new URL(name, folder);

/** Those that have no entry are beside the manifest. */
export function filesByName(files: Readonly<Record<string, string | Uint8Array>>): FindFile {
  return (name) => {
    const file = Object.hasOwn(files, name) ? files[name]! : new URL(name, String(files['manifest.json']));
    return typeof file === 'string' ? new URL(file) : file;
  };
}

/** The description of a data set in pieces, `manifest.json`. */
interface Manifest {
  format: number;
  sampleShape: number[];
  classes: number;
  /** The names of the classes. */
  labels?: string[];
  scale: number;
  blockSize: number;
  train: number;
  test: number;
  shards: { file: string; bytes: number; train: number; test: number }[];
}

/** A manifest is small: more is something else. */
const mostManifestBytes = 1_000_000;

/** How much of a data set has arrived. */
export interface DataProgress {
  loadedBytes: number;
  totalBytes: number;
  trainSamples: number;
  trainTotal: number;
  testSamples: number;
  testTotal: number;
}

/**
 * A data set that arrives in pieces. A shard, unpacked, is: the bytes of its training samples, their labels, the bytes of its
 * test samples, their labels.
 */
export class Shards {
  readonly train: Dataset;
  readonly test: Dataset;
  /** What the label 0 stands for, the label 1, …; the numbers themselves if the manifest names none. */
  readonly classNames: readonly string[];
  readonly #find: FindFile;
  readonly #manifest: Manifest;
  #next = 0;

  /** Reads the manifest. @throws {ToydlError} `load` if it is not there, `format` if it is none */
  static async open(find: FindFile): Promise<Shards> {
    const file = find('manifest.json');
    const url = nameOf(file, 'manifest.json');
    const text = new TextDecoder().decode(await bytesOf(file, mostManifestBytes));
    let manifest: Manifest;
    try {
      manifest = JSON.parse(text);
    } catch (cause) {
      throw new ToydlError('format', `${url} is not JSON: ${String(cause)}`, { cause });
    }
    const problem = problemOf(manifest);
    if (problem) throw new ToydlError('format', `${url} is not a manifest of format 1: ${problem}.`);
    return new Shards(find, manifest);
  }

  private constructor(find: FindFile, manifest: Manifest) {
    this.#find = find;
    this.#manifest = manifest;
    this.train = Dataset.ofBytes({ ...manifest, size: manifest.train });
    this.test = Dataset.ofBytes({ ...manifest, size: manifest.test, blockSize: 0 });
    this.classNames = manifest.labels ?? Array.from({ length: manifest.classes }, (_, label) => String(label));
  }

  /**
   * Loads the shards that are missing, one after the other; what has arrived can be used meanwhile. After a failure it can be
   * called again, and goes on where it stopped.
   * @param onProgress is called as bytes arrive, and after each shard
   * @throws {ToydlError} `load` or `format` that names the shard
   */
  async load(onProgress?: (progress: DataProgress) => void): Promise<void> {
    for (const shard of this.#manifest.shards.slice(this.#next)) {
      const file = this.#find(shard.file);
      const name = nameOf(file, shard.file);
      const [trainBytes, testBytes] = [this.train.sampleSize, this.test.sampleSize];
      const expected = shard.train * (trainBytes + 1) + shard.test * (testBytes + 1);
      // The server's headers may have the browser unpack it.
      const fetched = await bytesOf(file, Math.max(shard.bytes, expected), (received) => onProgress?.(this.#progress(received)));
      const bytes = await unpack(fetched, expected, name);
      if (bytes.length !== expected) {
        throw new ToydlError('format', `${name} holds ${bytes.length} bytes instead of ${expected}.`);
      }
      let position = 0;
      const take = (length: number) => bytes.subarray(position, (position += length));
      const parts = [
        { dataset: this.train, start: this.#before('train'), samples: take(shard.train * trainBytes), labels: take(shard.train) },
        { dataset: this.test, start: this.#before('test'), samples: take(shard.test * testBytes), labels: take(shard.test) },
      ];
      // If an earlier attempt failed between the two, the first is there already.
      for (const { dataset, start, samples, labels } of parts) if (dataset.available === start) dataset.append(samples, labels);
      this.#next++;
      onProgress?.(this.#progress(0));
    }
  }

  /** How many samples of a kind the shards before the next one hold. */
  #before(kind: 'train' | 'test'): number {
    return this.#manifest.shards.slice(0, this.#next).reduce((sum, shard) => sum + shard[kind], 0);
  }

  #progress(received: number): DataProgress {
    const { shards, train, test } = this.#manifest;
    const sum = (list: Manifest['shards']) => list.reduce((total, { bytes }) => total + bytes, 0);
    return {
      loadedBytes: sum(shards.slice(0, this.#next)) + Math.min(received, shards[this.#next]?.bytes ?? 0),
      totalBytes: sum(shards),
      trainSamples: this.train.available,
      trainTotal: train,
      testSamples: this.test.available,
      testTotal: test,
    };
  }
}

/** What is wrong with a manifest, if anything is. */
function problemOf(manifest: Manifest | null): string | undefined {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  if (manifest?.format !== 1) return `its format is ${JSON.stringify(manifest?.format)}`;
  if (!Array.isArray(manifest.sampleShape) || !manifest.sampleShape.every(isCount)) return 'sampleShape is no list of sizes';
  const { labels, classes } = manifest;
  const areNames = (names: unknown[]) => names.length === classes && names.every((name) => typeof name === 'string');
  if (labels !== undefined && !(Array.isArray(labels) && areNames(labels))) return `labels is no list of ${classes} names`;
  if (!Array.isArray(manifest.shards)) return 'shards is no list';
  const isShard = (shard: Manifest['shards'][number] | null) =>
    typeof shard?.file === 'string' && isCount(shard.bytes) && isCount(shard.train) && isCount(shard.test);
  const wrong = manifest.shards.findIndex((shard) => !isShard(shard));
  if (wrong >= 0) return `shard ${wrong} lacks its file, bytes, train or test`;
  for (const kind of ['train', 'test'] as const) {
    const sum = manifest.shards.reduce((total, shard) => total + shard[kind], 0);
    if (sum !== manifest[kind]) return `it promises ${manifest[kind]} ${kind} samples, its shards hold ${sum}`;
  }
  return undefined;
}

async function bytesOf(file: DataFile, most: number, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  return file instanceof URL ? fetchBytes(file, most, onBytes) : new Uint8Array(file);
}

/** For messages. */
const nameOf = (file: DataFile, name: string): string => (file instanceof URL ? file.href : name);

/** Undoes gzip, unless the server's headers made the browser do so already. */
async function unpack(bytes: Uint8Array<ArrayBuffer>, most: number, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await gunzip(bytes, most);
  } catch (cause) {
    throw new ToydlError('format', `${name} is damaged: ${String(cause)}`, { cause });
  }
}
