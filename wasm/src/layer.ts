import { type Config, fromEngine, toEngine } from './config.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Parameter } from './parameter.js';

/** A step of a network with its derivative. A model disposes of its layers. */
export class Layer extends Handle<raw.Layer> {
  protected readonly kind = 'Layer';
  #parameters?: Parameter[];

  /** Any layer by its config; `new Linear(784, 50)` is the usual way. @throws {ToydlError} `option` */
  constructor(config: Config) {
    super(unwrap(engine().makeLayer(toEngine(config))));
  }

  /** Type and options, defaults included. */
  get config(): Config {
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** What the layer learns; empty values before a model has built it. */
  parameters(): Parameter[] {
    return (this.#parameters ??= (rawOf(this).parameters() as raw.Parameter[]).map((parameter) => new Parameter(parameter)));
  }

  override dispose(): void {
    for (const parameter of this.#parameters ?? []) parameter.dispose();
    super.dispose();
  }
}
