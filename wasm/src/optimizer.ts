import { type Config, fromEngine, toEngine } from './config.js';
import { anyNumber, instance, list, optionsOf } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Parameter } from './parameter.js';
import { guarded, type Methods, nameOf } from './user-code.js';

/**
 * Changes parameters so that the loss falls.
 *
 * One of your own extends this class with `update`, the formula of a step:
 *
 *     class SignSGD extends Optimizer {
 *       update() {
 *         for (const { value, grad } of this.parameters) {
 *           const g = grad.toArray();
 *           value.set(value.toArray().map((w, i) => w - this.learningRate * Math.sign(g[i])));
 *         }
 *       }
 *     }
 *     const optimizer = new SignSGD(model.parameters(), { learningRate: 0.001 });
 */
export class Optimizer extends Handle<raw.Optimizer> {
  protected readonly kind = 'Optimizer';
  readonly #name?: string;
  /** What it optimizes. */
  readonly parameters: readonly Parameter[];

  /** One of your own, with a method `update`. @throws {ToydlError} `option` */
  constructor(parameters: readonly Parameter[], options?: { learningRate?: number });
  /** Any optimizer by its config; `new SGD(model.parameters(), …)` is the usual way. @throws {ToydlError} `option` */
  constructor(config: Config, parameters: readonly Parameter[]);
  constructor(first: Config | readonly Parameter[], second: readonly Parameter[] | { learningRate?: number } = {}) {
    const isUsers = 'update' in new.target.prototype;
    if (!isUsers && Array.isArray(first)) {
      throw new ToydlError('option', `${nameOf(new.target)} needs a method update()`);
    }
    const parameters = list('parameters', (isUsers ? first : second) as readonly Parameter[]);
    const handles = parameters.map((parameter) => rawOf(instance('a parameter', parameter, Parameter)));
    const methods: Methods = {};
    super(unwrap(isUsers
      ? engine().makeUserOptimizer(methods, nameOf(new.target), handles, anyNumber('learningRate', optionsOf(second as { learningRate?: number }).learningRate ?? 0.01))
      : engine().makeOptimizer(toEngine(first as Config), handles)));
    this.parameters = [...parameters];
    if (!isUsers) return;
    this.#name = nameOf(new.target);
    Object.assign(methods, guarded({ update: () => void this.update!() }));
  }

  /** In one of your own: changes the values of `this.parameters` by their gradients. */
  update?(): void;

  get config(): Config {
    if (this.#name !== undefined) return { type: this.#name, learningRate: this.learningRate };
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** One step against the gradients. It uses them up: the next backward pass starts them again from zero. */
  step(): void {
    unwrap(rawOf(this).step());
  }

  /** Forgets the gradients gathered so far. */
  zeroGrad(): void {
    rawOf(this).zeroGrad();
  }

  /** Before the schedule, if there is one. */
  get learningRate(): number {
    return rawOf(this).learningRate();
  }

  /** May change at any time. @throws {ToydlError} `option` if it is not a positive number */
  set learningRate(value: number) {
    unwrap(rawOf(this).setLearningRate(anyNumber('learningRate', value)));
  }
}
