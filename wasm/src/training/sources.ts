import type { DataProgress } from '../data/shards.js';
import type { DataSource } from './protocol.js';
import { openSource, type Source } from './source.js';

/** Data sets that several sessions may use: what has an address is downloaded once, and freed with its last user. */
export class Sources {
  readonly #shared = new Map<string, { source: Promise<SharedSource>; users: number }>();
  readonly #keys = new WeakMap<Source, string>();

  /** Each source must be released. @throws {ToydlError} as `openSource` does */
  async open(description: DataSource): Promise<Source> {
    const key = keyOf(description);
    if (key === undefined) return openSource(description);
    const entry = this.#shared.get(key) ?? { source: openSource(description).then((source) => new SharedSource(source)), users: 0 };
    entry.users++;
    this.#shared.set(key, entry);
    try {
      const source = await entry.source;
      this.#keys.set(source, key);
      return source;
    } catch (error) {
      // Another try asks anew.
      if (this.#shared.get(key) === entry) this.#shared.delete(key);
      throw error;
    }
  }

  release(source: Source): void {
    const key = this.#keys.get(source);
    const entry = key === undefined ? undefined : this.#shared.get(key);
    if (entry && --entry.users > 0) return;
    if (key !== undefined) this.#shared.delete(key);
    source.train.dispose();
    source.test.dispose();
  }
}

/** A source whose download is one, whoever waits for it. */
class SharedSource implements Source {
  readonly train: Source['train'];
  readonly test: Source['test'];
  readonly classNames: Source['classNames'];
  readonly #source: Source;
  readonly #listeners = new Set<(progress: DataProgress) => void>();
  #loading?: Promise<void>;
  #progress?: DataProgress;

  constructor(source: Source) {
    this.#source = source;
    ({ train: this.train, test: this.test, classNames: this.classNames } = source);
  }

  async load(onProgress: (progress: DataProgress) => void): Promise<void> {
    this.#listeners.add(onProgress);
    if (this.#progress) onProgress(this.#progress);
    this.#loading ??= this.#source.load((progress) => {
      this.#progress = progress;
      for (const listener of this.#listeners) listener(progress);
    }).finally(() => (this.#loading = undefined));
    try {
      await this.#loading;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }
}

/** The same for the same addresses; undefined for what has none. */
function keyOf(description: DataSource): string | undefined {
  if (description.kind === 'shards') return description.url;
  if (description.kind === 'files' && Object.values(description.files).every((file) => typeof file === 'string')) return JSON.stringify(description.files);
  return undefined;
}
