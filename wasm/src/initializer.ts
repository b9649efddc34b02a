import type { Config } from './config.js';

/** How a parameter gets its first values: given as an option of a layer. */
export class Initializer {
  constructor(readonly config: Config) {}

  toJSON(): Config {
    return this.config;
  }
}
