import { type Config, fromEngine, toEngine } from './config.js';
import { instance, list } from './check.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Parameter } from './parameter.js';

/** Changes parameters so that the loss falls. */
export class Optimizer extends Handle<raw.Optimizer> {
  protected readonly kind = 'Optimizer';

  /** Any optimizer by its config; `new SGD(model.parameters(), …)` is the usual way. @throws {ToydlError} `option` */
  constructor(config: Config, parameters: Parameter[]) {
    const handles = list('parameters', parameters).map((parameter) => rawOf(instance('a parameter', parameter, Parameter)));
    super(unwrap(engine().makeOptimizer(toEngine(config), handles)));
  }

  get config(): Config {
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** One step against the gradients. It uses them up: the next backward pass starts them again from zero. */
  step(): void {
    rawOf(this).step();
  }

  /** Forgets the gradients gathered so far. */
  zeroGrad(): void {
    rawOf(this).zeroGrad();
  }

  get learningRate(): number {
    return rawOf(this).learningRate();
  }

  /** May change at any time. @throws {ToydlError} `option` if it is not a positive number */
  set learningRate(value: number) {
    unwrap(rawOf(this).setLearningRate(value));
  }
}
