import type { Config } from './config.js';

/** How the learning rate changes while training goes on: given as an option of an optimizer. */
export class Schedule {
  constructor(readonly config: Config) {}

  toJSON(): Config {
    return this.config;
  }
}
