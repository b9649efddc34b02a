import { type Config, type Given, toEngine, toGiven } from './config.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Random } from './random.js';
import { guarded, lend, nameOf, Results, type Values } from './user-code.js';

/** What an initializer of a user's own is told. */
export interface FillOptions {
  /** How many inputs one output of the layer sums over. */
  fanIn: number;
  /** How many outputs one input of the layer feeds. */
  fanOut: number;
  random: Random;
}

/**
 * How a parameter gets its first values: given as an option of a layer. One of your own extends this class with `fill`:
 *
 *     class Sevens extends Initializer {
 *       fill(shape) { return new Float32Array(shape.reduce((a, b) => a * b)).fill(7); }
 *     }
 */
export class Initializer {
  readonly config: Config;

  constructor(config?: Config) {
    if (config === undefined && !('fill' in new.target.prototype)) {
      throw new ToydlError('option', `${nameOf(new.target)} needs a method fill(shape, { fanIn, fanOut, random })`);
    }
    this.config = config ?? { type: nameOf(new.target) };
  }

  /** In one of your own: the values of a tensor of this shape, as an array in row-major order. */
  fill?(shape: number[], options: FillOptions): Values;

  /** @internal */
  [toGiven](given?: Given): unknown {
    if (!this.fill || !given) return this.config;
    return { object: given.initializers.push(rawInitializer(this)) - 1 };
  }
}

/** The engine's object, for which the caller answers. @internal */
export function rawInitializer(initializer: Initializer | Config | string): raw.Initializer {
  if (!(initializer instanceof Initializer) || !initializer.fill) {
    const config = initializer instanceof Initializer ? initializer.config : initializer;
    return unwrap(engine().makeInitializer(typeof config === 'string' ? JSON.stringify(config) : toEngine(config)));
  }
  const methods = guarded({
    fill: (target: raw.Tensor, fanIn: number, fanOut: number, rng: raw.Rng) => {
      const random = new Random(rng);
      const results = new Results();
      try {
        lend([random], () => results.write('fill', initializer.fill!(target.shape(), { fanIn, fanOut, random }), target));
      } finally {
        results.dispose();
        target.delete();
      }
    },
  });
  return unwrap(engine().makeUserInitializer(methods, initializer.config.type));
}
