import { instance, knownOptions, list, optionsOf, wholeNumber } from './check.js';
import type { Config } from './config.js';
import { Dataset } from './dataset.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Evaluation } from './evaluation.js';
import { Handle, rawOf } from './handle.js';
import type { Initializer } from './initializer.js';
import { Layer } from './layer.js';
import type { Loss } from './loss.js';
import { Metric } from './metric.js';
import { nextTask } from './next-task.js';
import type { Optimizer } from './optimizer.js';
import type { LayerSummary } from './outline.js';
import { Parameter } from './parameter.js';
import { Tensor } from './tensor.js';
import { nameOf, type Values } from './user-code.js';
import { Trainer } from './trainer.js';

export interface ModelOptions {
  /** Weights, order of samples and everything else that is random follow from this. */
  seed?: number;
  /** The shape of one sample; needed only where the first layer does not know it. */
  inputShape?: readonly number[];
}

/** What `fit` tells after a batch or an epoch. */
export interface TrainingReport {
  /** From 1. */
  epoch: number;
  /** Optimizer steps so far. */
  step: number;
  /** Mean over the batch, or over the epoch's batches. */
  loss: number;
  /** Of this batch or epoch, before each update; absent if none is measured. */
  metric?: number;
}

export interface FitOptions {
  epochs?: number;
  batchSize?: number;
  /** Measured on the training batches as they go by. */
  metric?: Metric;
  onBatch?: (report: TrainingReport) => void;
  /** May be asynchronous; training waits for it. */
  onEpoch?: (report: TrainingReport) => void | Promise<void>;
}

/** What a model is made of. As a string it is a table. */
export interface ModelSummary {
  /** The shape of one sample of x. */
  input: number[];
  layers: LayerSummary[];
  /** How many numbers the model learns. */
  parameters: number;
  toString(): string;
}

export interface ModelConfig {
  layers: readonly Config[];
  seed?: number;
  inputShape?: readonly number[];
}

/** A class of layers, or of initializers, of a user's own. */
export type OwnClass = { new (options: never): Layer | Initializer; name: string };

/** How long `fit` trains before it lets others have their turn. */
const sliceMs = 20;

/** Layers, one after the other. It owns them: disposing of the model disposes of its layers and parameters. */
export class Model extends Handle<raw.Model> {
  protected readonly kind = 'Model';
  readonly layers: readonly Layer[];
  readonly #seed: number;
  readonly #inputShape?: readonly number[];
  #parameters?: Parameter[];
  #output?: Tensor;

  /** @throws {ToydlError} `shape` that names the layer whose shapes do not fit, and what to do about it */
  constructor(layers: readonly Layer[], options: ModelOptions = {}) {
    const { seed = 0, inputShape } = knownOptions('Model', options, ['seed', 'inputShape']);
    const handles = list('layers', layers).map((layer, i) => rawOf(instance(`layer ${i + 1}`, layer, Layer)));
    super(unwrap(engine().makeModel(handles, wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER), inputShape && list('inputShape', inputShape).map((size) => wholeNumber('a dimension of inputShape', size, 0)))));
    this.layers = [...layers];
    this.#seed = seed;
    this.#inputShape = inputShape;
  }

  /**
   * The output for a batch x, [batch, …]. It is the model's own, and holds until the next pass.
   * @throws {ToydlError} `shape` if x does not fit, `not-finite` for NaN or infinity in x
   */
  forward(x: Tensor, { training = true }: { training?: boolean } = {}): Tensor {
    this.#forgetOutput();
    this.#output = new Tensor(unwrap<raw.Tensor>(rawOf(this).forward(rawOf(instance('x', x, Tensor)), training)));
    return this.#output;
  }

  /** Gradients of all parameters, from that of the loss with respect to the output of the last `forward`: a tensor, or an array. */
  backward(dy: Values): void {
    if (dy instanceof Tensor) return unwrap(rawOf(this).backward(rawOf(dy)));
    using tensor = new Tensor(this.#output?.shape ?? [list('dy', dy as readonly number[]).length], dy);
    unwrap(rawOf(this).backward(rawOf(tensor)));
  }

  /** The output for x in evaluation mode, as a tensor of its own. */
  predict(x: Tensor): Tensor {
    this.#forgetOutput();
    return new Tensor(unwrap<raw.Tensor>(rawOf(this).predict(rawOf(instance('x', x, Tensor)))));
  }

  /**
   * A copy of what a layer, the first of which is 0, gave in the last pass.
   * @throws {ToydlError} `state` if it took no part in one
   */
  output(layer: number): Tensor {
    return new Tensor(unwrap<raw.Tensor>(rawOf(this).output(wholeNumber('layer', layer, 0))));
  }

  /** The metric over all samples of the data set that have arrived, in evaluation mode. */
  evaluate(dataset: Dataset, metric: Metric): number {
    const evaluation = new Evaluation(this, instance('dataset', dataset, Dataset), instance('metric', metric, Metric));
    this.#forgetOutput();
    try {
      evaluation.advance(Infinity);
    } finally {
      evaluation.dispose();
    }
    return metric.value();
  }

  /**
   * Trains, and lets other work have its turn many times a second. A final Softmax and CrossEntropy are computed as one.
   * Returns a report for each epoch.
   * @throws {ToydlError} `diverged` if the loss becomes NaN or infinite, `state` if samples have not arrived
   */
  async fit(train: Dataset, loss: Loss, optimizer: Optimizer, options: FitOptions = {}): Promise<TrainingReport[]> {
    const { onBatch, onEpoch, ...rest } = knownOptions('fit', options, ['epochs', 'batchSize', 'metric', 'onBatch', 'onEpoch']);
    const history: TrainingReport[] = [];
    this.#forgetOutput();
    const trainer = new Trainer(this, train, loss, optimizer, rest);
    try {
      while (onBatch ? trainer.step() : trainer.advance(sliceMs)) {
        const { step, loss, metric, epochLoss, epochMetric } = trainer.takeReport();
        const epoch = Math.ceil(step / trainer.stepsPerEpoch);
        onBatch?.({ epoch, step, loss, ...(metric !== undefined && { metric }) });
        if (step % trainer.stepsPerEpoch === 0) {
          const report = { epoch, step, loss: epochLoss, ...(epochMetric !== undefined && { metric: epochMetric }) };
          history.push(report);
          await onEpoch?.(report);
        }
        await this.#breathe();
      }
      if (!trainer.done) {
        throw new ToydlError('state', `only ${train.available} of ${train.size} samples are there; a Trainer can begin with them and wait for the others`);
      }
    } finally {
      trainer.dispose();
    }
    return history;
  }

  /** All parameters, layer after layer. @throws {ToydlError} `state` while the shape of a sample is not known */
  parameters(): Parameter[] {
    return (this.#parameters ??= unwrap<raw.Parameter[]>(rawOf(this).parameters()).map((parameter) => new Parameter(parameter)));
  }

  /** What the model is made of: its layers with their output shapes and numbers of parameters. @throws {ToydlError} `state` */
  summary(): ModelSummary {
    const { text, ...summary } = unwrap<Omit<ModelSummary, 'toString'> & { text: string }>(rawOf(this).summary());
    return { ...summary, toString: () => text };
  }

  /** Layers, seed and input shape, but not the weights: what `Model.fromConfig` makes the model from, and JSON can hold. */
  get config(): ModelConfig {
    const inputShape = (rawOf(this).inputShape() as number[] | undefined) ?? this.#inputShape;
    return { layers: this.layers.map((layer) => layer.config), seed: this.#seed, ...(inputShape && { inputShape }) };
  }

  /**
   * The model that a config describes, with its first weights.
   * @param classes layers and initializers of your own that are in it: a layer is made with the options in its config
   * @throws {ToydlError} `option` or `shape` for a config that makes no sense
   */
  static fromConfig({ layers, seed, inputShape }: ModelConfig, classes: readonly OwnClass[] = []): Model {
    const made: Layer[] = [];
    try {
      for (const config of list('layers', layers)) made.push(layerFrom(config, list('classes', classes)));
      return new Model(made, { seed, inputShape });
    } catch (error) {
      for (const layer of made) layer.dispose();
      throw error;
    }
  }

  /** The hash of all weights, 16 hexadecimal digits: equal weights, equal hash, on every machine. */
  hash(): string {
    return unwrap(rawOf(this).hash());
  }

  override dispose(): void {
    this.#output?.dispose();
    for (const parameter of this.#parameters ?? []) parameter.dispose();
    for (const layer of this.layers) layer.dispose();
    super.dispose();
  }

  /** Another pass overwrites the output of the last `forward`. */
  #forgetOutput(): void {
    this.#output?.dispose();
    this.#output = undefined;
  }

  #breathed = 0;

  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathed < sliceMs) return;
    await nextTask();
    this.#breathed = performance.now();
  }
}

/** A layer by its config; containers with the layers in them. */
function layerFrom(config: Config, classes: readonly OwnClass[]): Layer {
  const { type, ...options } = optionsOf(config);
  const ownOf = (name: unknown) => classes.find((candidate) => nameOf(candidate) === name);
  const own = ownOf(type);
  if (own) return instance(`what ${type} makes`, new own(options as never), Layer);
  for (const [name, value] of Object.entries(options)) {
    const initializer = ownOf(value);
    if (initializer) options[name] = new initializer(undefined as never);
  }
  if (!Array.isArray(options.layers)) return new Layer({ ...options, type });
  return new Layer({ ...options, type, layers: options.layers.map((layer: Config) => layerFrom(layer, classes)) });
}
