import type * as raw from './engine/toydl.js';
import { Handle, rawOf } from './handle.js';

/** Random numbers that follow from the model's seed, the same on every machine. Holds until the call that got it returns. */
export class Random extends Handle<raw.Rng> {
  protected readonly kind = 'Random';

  /** From low to high, all equally likely. */
  uniform(low = 0, high = 1): number {
    return rawOf(this).uniform(low, high);
  }

  /** Normal with mean 0 and standard deviation 1. */
  normal(): number {
    return rawOf(this).normal();
  }
}
