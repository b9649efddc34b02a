/** Samples per second over about the last second of work; pauses do not count. */
export class Rate {
  #samples = 0;
  #ms = 0;

  add(samples: number, ms: number): void {
    // What is older counts less and less: after a second of new work, about a third.
    const keep = Math.exp(-ms / 1000);
    this.#samples = this.#samples * keep + samples;
    this.#ms = this.#ms * keep + ms;
  }

  get perSecond(): number {
    return this.#ms === 0 ? 0 : (1000 * this.#samples) / this.#ms;
  }
}
