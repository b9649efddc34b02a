import { type Config, fromEngine, toEngine } from './config.js';
import { instance } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Tensor } from './tensor.js';

/** How far a batch of predictions is from its targets, and in which direction to change them. */
export class Loss extends Handle<raw.Loss> {
  protected readonly kind = 'Loss';
  #gradient?: Tensor;

  /** Any loss by its config; `new CrossEntropy()` is the usual way. @throws {ToydlError} `option` */
  constructor(config: Config) {
    super(unwrap(engine().makeLoss(toEngine(config))));
  }

  get config(): Config {
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** The mean loss over the batch. @throws {ToydlError} `shape` or `label` if prediction and target do not fit together */
  forward(prediction: Tensor, target: Tensor): number {
    return unwrap(rawOf(this).forward(rawOf(instance('prediction', prediction, Tensor)), rawOf(instance('target', target, Tensor))));
  }

  /** The gradient of the last `forward` with respect to its prediction. It is the loss's own, and holds until the next one. */
  backward(): Tensor {
    this.#gradient?.dispose();
    this.#gradient = new Tensor(unwrap<raw.Tensor>(rawOf(this).backward()));
    return this.#gradient;
  }

  override dispose(): void {
    this.#gradient?.dispose();
    super.dispose();
  }
}
