import { type Config, fromEngine, toEngine } from './config.js';
import { instance } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { number } from './loss.js';
import { Tensor } from './tensor.js';
import { guarded, lend, type Methods, nameOf } from './user-code.js';

/**
 * A number that says how good predictions are, gathered over many batches. One of your own extends this class with `reset`,
 * `update` and `value`.
 */
export class Metric extends Handle<raw.Metric> {
  protected readonly kind = 'Metric';
  readonly #name?: string;

  /** Any metric by its config; `new Accuracy()` is the usual way. @throws {ToydlError} `option` */
  constructor(config?: Config) {
    const own = new.target.prototype;
    const isUsers = own.update !== Metric.prototype.update;
    if (isUsers ? own.reset === Metric.prototype.reset || own.value === Metric.prototype.value : config === undefined) {
      throw new ToydlError('option', `${nameOf(new.target)} needs the methods reset(), update(prediction, target) and value()`);
    }
    const methods: Methods = {};
    super(unwrap(isUsers ? engine().makeUserMetric(methods, nameOf(new.target)) : engine().makeMetric(toEngine(config!))));
    if (!isUsers) return;
    this.#name = nameOf(new.target);
    Object.assign(methods, guarded({
      reset: () => void this.reset(),
      update: (prediction: raw.Tensor, target: raw.Tensor) => {
        const [p, t] = [new Tensor(prediction), new Tensor(target)];
        lend([p, t], () => void this.update(p, t));
      },
      value: () => number('value', this.value()),
    }));
  }

  get config(): Config {
    return this.#name === undefined ? fromEngine(unwrap(rawOf(this).config())) : { type: this.#name };
  }

  /** Forgets every batch. */
  reset(): void {
    unwrap(rawOf(this).reset());
  }

  /** Takes one batch into account. @throws {ToydlError} `shape` or `label` if they do not fit together */
  update(prediction: Tensor, target: Tensor): void {
    unwrap(rawOf(this).update(rawOf(instance('prediction', prediction, Tensor)), rawOf(instance('target', target, Tensor))));
  }

  /** The metric over all batches since the last reset. */
  value(): number {
    return unwrap(rawOf(this).value());
  }

  /** What a metric knows beyond its one number, by name: `counts`, `precision` and `recall` of a ConfusionMatrix. Yours to dispose of. */
  details(): Record<string, Tensor> {
    const details = unwrap<Record<string, raw.Tensor>>(rawOf(this).details());
    return Object.fromEntries(Object.entries(details).map(([name, tensor]) => [name, new Tensor(tensor)]));
  }
}
