import { type Config, fromEngine, toEngine } from './config.js';
import { instance } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Tensor } from './tensor.js';

/** A number that says how good predictions are, gathered over many batches. */
export class Metric extends Handle<raw.Metric> {
  protected readonly kind = 'Metric';

  /** Any metric by its config; `new Accuracy()` is the usual way. @throws {ToydlError} `option` */
  constructor(config: Config) {
    super(unwrap(engine().makeMetric(toEngine(config))));
  }

  get config(): Config {
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** Forgets every batch. */
  reset(): void {
    rawOf(this).reset();
  }

  /** Takes one batch into account. @throws {ToydlError} `shape` or `label` if they do not fit together */
  update(prediction: Tensor, target: Tensor): void {
    unwrap(rawOf(this).update(rawOf(instance('prediction', prediction, Tensor)), rawOf(instance('target', target, Tensor))));
  }

  /** The metric over all batches since the last reset. */
  value(): number {
    return rawOf(this).value();
  }
}
