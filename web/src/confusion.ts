/** A confusion matrix: how many samples of each class (row) were taken for each class (column). */
export class Confusion {
  readonly classes: number;
  readonly #counts: Uint32Array;

  /** @param counts classes × classes of them, row after row */
  constructor(counts: Uint32Array) {
    this.#counts = counts;
    this.classes = Math.sqrt(counts.length);
  }

  at({ actual, predicted }: Cell): number {
    return this.#counts[actual * this.classes + predicted] ?? 0;
  }

  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  get right(): number {
    return this.#sum((i) => ({ actual: i, predicted: i }));
  }

  /** Of the samples of a class, the share that was taken for another one, or for it; 0 where there are no such samples. */
  share(cell: Cell): number {
    return this.at(cell) / (this.#ofActual(cell.actual) || 1);
  }

  /** Of the samples of a class, the share that was recognised; undefined if there are none. */
  recall(actual: number): number | undefined {
    return ratio(this.at({ actual, predicted: actual }), this.#ofActual(actual));
  }

  /** Of the samples that were taken for a class, the share that belongs to it; undefined if there are none. */
  precision(predicted: number): number | undefined {
    return ratio(this.at({ actual: predicted, predicted }), this.#sum((actual) => ({ actual, predicted })));
  }

  /** The most frequent mistake, the first one of equals; undefined if there is none. */
  get worst(): Cell | undefined {
    return this.#cells()
      .filter(({ actual, predicted }) => actual !== predicted)
      .reduce<Cell | undefined>((worst, cell) => (this.at(cell) > (worst ? this.at(worst) : 0) ? cell : worst), undefined);
  }

  /** The nearest cell from here in a direction that is not empty; undefined if there is none. */
  next({ actual, predicted }: Cell, step: Step): Cell | undefined {
    const cell = { actual: actual + step.actual, predicted: predicted + step.predicted };
    if (!this.#has(cell)) return undefined;
    return this.at(cell) > 0 ? cell : this.next(cell, step);
  }

  #has({ actual, predicted }: Cell): boolean {
    return [actual, predicted].every((place) => place >= 0 && place < this.classes);
  }

  #cells(): Cell[] {
    return Array.from(this.#counts, (_, i) => ({ actual: Math.floor(i / this.classes), predicted: i % this.classes }));
  }

  #ofActual(actual: number): number {
    return this.#sum((predicted) => ({ actual, predicted }));
  }

  #sum(cell: (i: number) => Cell): number {
    return Array.from({ length: this.classes }, (_, i) => this.at(cell(i))).reduce((sum, count) => sum + count, 0);
  }
}

/** A cell of the matrix: the samples of one class that were taken for another, or for what they are. */
export interface Cell {
  actual: number;
  predicted: number;
}

/** From a cell to a neighbour. */
export interface Step {
  actual: -1 | 0 | 1;
  predicted: -1 | 0 | 1;
}

export const isSameCell = (a: Cell | undefined, b: Cell | undefined): boolean => a?.actual === b?.actual && a?.predicted === b?.predicted;

const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);
