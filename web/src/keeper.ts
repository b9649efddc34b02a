import type { OwnSamples } from 'toydl/training/protocol';
import type { SavedRun, Storage } from './storage.js';

/** What of a run changes as it goes on, beside its checkpoint. */
export type RunToKeep = Omit<SavedRun, 'format' | 'step' | 'checkpoint'>;

/** Stores a run, so that it survives the page. */
export class Keeper {
  /** Nothing is stored here. */
  fails = false;
  /** The user's own samples are not stored here. */
  ownFails = false;
  readonly #storage?: Storage;
  readonly #run: () => RunToKeep;
  readonly #onChange: () => void;
  /** The latest of this run. */
  #checkpoint?: { step: number; bytes: Uint8Array };
  #timer?: ReturnType<typeof setTimeout>;

  /**
   * @param storage where; nowhere if left out
   * @param run gives what it is to store
   * @param onChange is told if it begins to fail, or no longer does
   */
  constructor(storage: Storage | undefined, run: () => RunToKeep, onChange: () => void) {
    this.#storage = storage;
    this.#run = run;
    this.#onChange = onChange;
  }

  keep(checkpoint: { step: number; bytes: Uint8Array }): void {
    this.#checkpoint = checkpoint;
    void this.#save();
  }

  /** Something changed while the run rests, and nothing else would store it. A slider being dragged has many changes. */
  keepSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), 300);
  }

  /** Stores the user's own samples. */
  async keepOwn(own: OwnSamples): Promise<void> {
    this.ownFails = this.#storage ? await this.#storage.saveOwnData(own).then(() => false, () => true) : false;
    this.#onChange();
  }

  /** The run is over; what is stored of it stays until there is something of the next one. */
  forget(): void {
    this.#checkpoint = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #save(): Promise<void> {
    if (!this.#checkpoint || !this.#storage) return;
    const { step, bytes: checkpoint } = this.#checkpoint;
    const fails = await this.#storage.saveRun({ ...this.#run(), format: 1, step, checkpoint }).then(() => false, () => true);
    if (fails === this.fails) return;
    this.fails = fails;
    this.#onChange();
  }
}
