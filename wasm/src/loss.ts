import { type Config, fromEngine, toEngine } from './config.js';
import { instance } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Tensor } from './tensor.js';
import { guarded, lend, type Methods, nameOf, Results, type Values } from './user-code.js';

/**
 * How far a batch of predictions is from its targets, and in which direction to change them.
 *
 * One of your own extends this class with both methods:
 *
 *     class Squared extends Loss {
 *       forward(prediction, target) {
 *         const t = target.toArray();
 *         this.error = prediction.toArray().map((p, i) => p - t[i]);
 *         return this.error.reduce((sum, e) => sum + e * e, 0) / this.error.length;
 *       }
 *       backward() { return this.error.map((e) => 2 * e / this.error.length); }
 *     }
 */
export class Loss extends Handle<raw.Loss> {
  protected readonly kind = 'Loss';
  readonly #name?: string;
  readonly #results = new Results();
  #gradient?: Tensor;

  /** Any loss by its config; `new CrossEntropy()` is the usual way. @throws {ToydlError} `option` */
  constructor(config?: Config) {
    const isUsers = new.target.prototype.forward !== Loss.prototype.forward;
    if (isUsers ? new.target.prototype.backward === Loss.prototype.backward : config === undefined) {
      throw new ToydlError('option', `${nameOf(new.target)} needs the methods forward(prediction, target) and backward()`);
    }
    const methods: Methods = {};
    super(unwrap(isUsers ? engine().makeUserLoss(methods, nameOf(new.target)) : engine().makeLoss(toEngine(config!))));
    if (!isUsers) return;
    this.#name = nameOf(new.target);
    Object.assign(methods, guarded({
      forward: (prediction: raw.Tensor, target: raw.Tensor) => {
        const [p, t] = [new Tensor(prediction), new Tensor(target)];
        return lend([p, t], () => number('forward', this.forward(p, t)));
      },
      backward: (d: raw.Tensor) => lend([new Tensor(d)], () => this.#results.write('backward', this.backward(), d)),
    }));
  }

  get config(): Config {
    return this.#name === undefined ? fromEngine(unwrap(rawOf(this).config())) : { type: this.#name };
  }

  /** The mean loss over the batch. @throws {ToydlError} `shape` or `label` if prediction and target do not fit together */
  forward(prediction: Tensor, target: Tensor): number {
    return unwrap(rawOf(this).forward(rawOf(instance('prediction', prediction, Tensor)), rawOf(instance('target', target, Tensor))));
  }

  /** The gradient of the last `forward` with respect to its prediction. It is the loss's own, and holds until the next one. */
  backward(): Values {
    this.#gradient?.dispose();
    this.#gradient = new Tensor(unwrap<raw.Tensor>(rawOf(this).backward()));
    return this.#gradient;
  }

  override dispose(): void {
    this.#gradient?.dispose();
    this.#results.dispose();
    super.dispose();
  }
}

/** What must be a number on its way into the engine. */
export function number(method: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new ToydlError('user', `${method} must return a number, it returned ${value === undefined ? 'nothing' : String(value)}`);
}
