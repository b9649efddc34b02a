/**
 * Random numbers that need no engine, in whole-number arithmetic: the same on every machine. The generator is PCG's RXS-M-XS with
 * 32 bits of state: a linear congruential state, scrambled to the number that is given out. M. O'Neill, "PCG: A Family of Simple
 * Fast Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014.
 */
export class Pcg32 {
  #state: number;

  /** @param seed its low 32 bits count */
  constructor(seed: number) {
    this.#state = (seed + 2891336453) >>> 0;
    this.next();
  }

  /** 32 random bits. */
  next(): number {
    const old = this.#state;
    this.#state = (Math.imul(old, 747796405) + 2891336453) >>> 0;
    const word = Math.imul((old >>> ((old >>> 28) + 4)) ^ old, 277803737);
    return ((word >>> 22) ^ word) >>> 0;
  }

  /** From low to high, which is never reached. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.next() / 2 ** 32);
  }

  /** Nearly normal, with mean 0 and standard deviation 1, and never beyond 6: the sum of twelve uniform numbers, less its mean. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  /** Puts the items in a random order (Fisher and Yates). */
  shuffle(items: { length: number; [index: number]: unknown }): void {
    for (let i = items.length; i > 1; i--) {
      const other = Math.floor(this.uniform(0, i));
      [items[i - 1], items[other]] = [items[other], items[i - 1]];
    }
  }
}
