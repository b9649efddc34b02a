import { list, wholeNumber } from './check.js';
import { type Config, fromEngine, type Given, toGiven, withGiven } from './config.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Initializer, rawInitializer } from './initializer.js';
import { Parameter } from './parameter.js';
import { Random } from './random.js';
import { Tensor } from './tensor.js';
import { guarded, lend, type Methods, nameOf, Results, type Values } from './user-code.js';

/** What a layer of a user's own is told of a forward pass. */
export interface Pass {
  training: boolean;
  /** For what is random in training. */
  random: Random;
}

/**
 * A step of a network with its derivative. A model disposes of its layers.
 *
 * One of your own extends this class with `forward` and `backward`; it works wherever a built-in one does, and
 * `gradientCheck` says whether its backward is right:
 *
 *     class Swish extends Layer {
 *       forward(x) { return x.toArray().map((v) => v / (1 + Math.exp(-v))); }
 *       backward(dy, x) {
 *         const v = x.toArray();
 *         const slope = (v) => { const s = 1 / (1 + Math.exp(-v)); return s + v * s * (1 - s); };
 *         return dy.toArray().map((d, i) => d * slope(v[i]));
 *       }
 *     }
 *
 * One whose output has another shape than its input says so in `build`; one that learns declares its parameters there, with
 * `this.parameter`, and adds to their gradients in `backward`.
 */
export class Layer extends Handle<raw.Layer> {
  protected readonly kind = 'Layer';
  /** The layers of a container, such as Sequential; else there are none. It disposes of them. */
  readonly layers: readonly Layer[] = [];
  readonly #name?: string;
  readonly #type?: string;
  #parameters?: Parameter[];
  readonly #declared: { parameter: Parameter; shape: number[]; initializer: raw.Initializer }[] = [];
  #declaredAtFirst?: number;
  #isBuilt = false;
  readonly #results = new Results();

  /** Any layer by its config; `new Linear(784, 50)` is the usual way. @throws {ToydlError} `option` */
  constructor(config?: Config) {
    const isUsers = 'forward' in new.target.prototype;
    if (isUsers && config?.type !== undefined) {
      throw new ToydlError('option', `${nameOf(new.target)} has a forward of its own, so it must extend Layer, not ${config.type}`);
    }
    if (!isUsers && config === undefined) {
      throw new ToydlError('option', `${nameOf(new.target)} needs the methods forward(x) and backward(dy, x, y)`);
    }
    const methods: Methods = {};
    const layers = !isUsers && Array.isArray(config?.layers) ? config.layers.map(asLayer) : undefined;
    super(unwrap(isUsers
      ? engine().makeUserLayer(methods, nameOf(new.target))
      : withGiven({ ...config!, ...(layers && { layers }) }, (text, { layers, initializers }) => engine().makeLayer(text, layers, initializers))));
    if (isUsers) {
      this.#name = nameOf(new.target);
      Object.assign(methods, guarded({ build: this.#build, forward: this.#forward, backward: this.#backward }));
    } else if (layers) {
      this.#type = config!.type;
      this.layers = layers;
    }
  }

  /**
   * In a layer of your own: takes the shape of one sample of x, returns that of one sample of y, and declares parameters. It may
   * be called again after it, or another layer of the model, has failed. Left out, y has the shape of x.
   */
  build?(inputShape: number[]): readonly number[];

  /**
   * In a layer of your own: y for a batch x, [batch, …], as a tensor or an array in row-major order. x is yours during this call
   * only; a tensor that you return is the layer's from then on.
   */
  forward?(x: Tensor, pass: Pass): Values;

  /**
   * In a layer of your own: dx, from dy, the gradient of the loss with respect to y. Adds to the gradients of its parameters. x and
   * y are those of the `forward` before.
   */
  backward?(dy: Tensor, x: Tensor, y: Tensor): Values;

  /**
   * In a layer of your own, in its constructor or in `build`: something it learns. Its values are there once the layer is built.
   * A weight of two or more dimensions is [out, in, …].
   * @param initializer HeNormal if left out, for one dimension Zeros
   */
  protected parameter(name: string, shape: readonly number[], initializer: Initializer | Config | string = shape.length > 1 ? 'HeNormal' : 'Zeros'): Parameter {
    if (typeof name !== 'string') throw new ToydlError('option', `the name of a parameter must be a string, it is ${String(name)}`);
    if (this.#isBuilt) throw new ToydlError('state', `the parameter ${name} must be declared in the constructor or in build`);
    const sizes = list('shape', shape).map((size) => wholeNumber('a dimension', size, 1));
    const parameter = new Parameter(engine().makeParameter(name)!);
    this.#declared.push({ parameter, shape: sizes, initializer: rawInitializer(initializer) });
    return parameter;
  }

  /** Type and options, defaults included. A layer of your own may have its options in a property `options`. */
  get config(): Config {
    if (this.#name !== undefined) return { type: this.#name, ...('options' in this && typeof this.options === 'object' ? this.options : {}) };
    if (this.layers.length > 0) return { type: this.#type!, layers: this.layers.map((layer) => layer.config) };
    return fromEngine(unwrap(rawOf(this).config()));
  }

  /** What the layer learns; empty values before a model has built it. */
  parameters(): Parameter[] {
    if (this.#name !== undefined) return this.#declared.map(({ parameter }) => parameter);
    if (this.#parameters) return this.#parameters;
    const parameters = (rawOf(this).parameters() as raw.Parameter[]).map((parameter) => new Parameter(parameter));
    // A container of users' layers may have more of them once it is built.
    if (parameters.every(({ value }) => value.size > 0)) this.#parameters = parameters;
    return parameters;
  }

  override dispose(): void {
    for (const parameter of this.#parameters ?? []) parameter.dispose();
    this.#forgetDeclared(0);
    this.#results.dispose();
    for (const layer of this.layers) layer.dispose();
    super.dispose();
  }

  /** @internal */
  [toGiven](given?: Given): unknown {
    return given ? { object: given.layers.push(rawOf(this)) - 1 } : this.config;
  }

  #build = (inputShape: number[]) => {
    // Those of a constructor are declared once, those of `build` each time.
    this.#declaredAtFirst ??= this.#declared.length;
    this.#forgetDeclared(this.#declaredAtFirst);
    this.#isBuilt = false;
    const output = this.build?.([...inputShape]) ?? inputShape;
    this.#isBuilt = true;
    return {
      output: list('the shape that build returns', output).map((size) => wholeNumber('a dimension that build returns', size, 1)),
      parameters: this.#declared.map(({ parameter }) => rawOf(parameter)),
      shapes: this.#declared.map(({ shape }) => shape),
      initializers: this.#declared.map(({ initializer }) => initializer),
    };
  };

  #forward = (x: raw.Tensor, y: raw.Tensor, training: boolean, rng: raw.Rng) => {
    const [input, output, random] = [new Tensor(x), new Tensor(y), new Random(rng)];
    lend([input, output, random], () => this.#results.write('forward', this.forward!(input, { training, random }), y));
  };

  #backward = (x: raw.Tensor, y: raw.Tensor, dy: raw.Tensor, dx: raw.Tensor | null) => {
    const [input, output, gradient] = [new Tensor(x), new Tensor(y), new Tensor(dy)];
    lend([input, output, gradient, ...(dx ? [new Tensor(dx)] : [])], () => {
      if (!this.backward) throw new ToydlError('user', 'there is none: a layer that is trained needs backward(dy, x, y)');
      const values = this.backward(gradient, input, output);
      if (dx) this.#results.write('backward', values, dx);
      else this.#results.keep('backward', values);
    });
  };

  #forgetDeclared(from: number): void {
    for (const { parameter, initializer } of this.#declared.splice(from)) {
      parameter.dispose();
      initializer.delete();
    }
  }
}

/** A member of a container: a layer, or its config. */
const asLayer = (layer: Layer | Config): Layer => (layer instanceof Layer ? layer : new Layer(layer));
