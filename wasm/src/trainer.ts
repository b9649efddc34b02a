import { anyNumber, instance, knownOptions, text, wholeNumber } from './check.js';
import { Dataset } from './dataset.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Loss } from './loss.js';
import { Metric } from './metric.js';
import { Model } from './model.js';
import { Optimizer } from './optimizer.js';
import { Tensor } from './tensor.js';

export interface TrainerOptions {
  epochs?: number;
  batchSize?: number;
  /** Measured on the training batches as they go by. */
  metric?: Metric;
  /** A loss beyond this is on its way to infinity, and training stops as if it were there; default: no number is too large. */
  largestLoss?: number;
}

/** What happened since the last report. */
export interface TrainerReport {
  /** Optimizer steps since the trainer was made. */
  step: number;
  /** How many steps, and samples, this report is about. */
  steps: number;
  samples: number;
  /** Means over these samples, each before its update. */
  loss: number;
  /** Absent if none is measured, here and below. */
  metric?: number;
  /** Means over the samples since the epoch of the last step began. */
  epochLoss: number;
  epochMetric?: number;
}

/** The training loop, one step or one slice of time at a time. However it is sliced, the bits are the same. */
export class Trainer extends Handle<raw.Trainer> {
  protected readonly kind = 'Trainer';
  readonly #hasMetric: boolean;

  /** @throws {ToydlError} `option` for epochs or a batch size below 1, `shape` if the samples do not fit the model */
  constructor(model: Model, train: Dataset, loss: Loss, optimizer: Optimizer, options: TrainerOptions = {}) {
    const { epochs = 1, batchSize = 32, metric, largestLoss = Infinity } = knownOptions('Trainer', options, ['epochs', 'batchSize', 'metric', 'largestLoss']);
    super(unwrap(engine().makeTrainer(
      rawOf(instance('model', model, Model)),
      rawOf(instance('train', train, Dataset)),
      rawOf(instance('loss', loss, Loss)),
      rawOf(instance('optimizer', optimizer, Optimizer)),
      wholeNumber('epochs', epochs, 1),
      wholeNumber('batchSize', batchSize, 1),
      anyNumber('largestLoss', largestLoss),
      metric === undefined ? undefined : rawOf(instance('metric', metric, Metric)),
    )));
    this.#hasMetric = metric !== undefined;
  }

  /**
   * One batch: forward, loss, backward, optimizer. Returns false when all epochs are done or the batch has not arrived.
   * @throws {ToydlError} `diverged` if the loss is no number any more, or too large; the weights are then as they were before this batch.
   * Also if, at the end of an epoch, the weights are none, after that batch.
   */
  step(): boolean {
    return unwrap(rawOf(this).step());
  }

  /** Steps for about so many milliseconds, at least one, and not beyond the end of an epoch. */
  advance(budgetMs: number): boolean {
    return unwrap(rawOf(this).advance(budgetMs));
  }

  takeReport(): TrainerReport {
    const { metric, epochMetric, ...report } = rawOf(this).takeReport() as Required<TrainerReport>;
    return { ...report, ...(this.#hasMetric && { metric, epochMetric }) };
  }

  get stepsPerEpoch(): number {
    return rawOf(this).stepsPerEpoch();
  }

  get stepsDone(): number {
    return rawOf(this).stepsDone();
  }

  /** Whether all epochs are over. */
  get done(): boolean {
    return rawOf(this).done();
  }

  /** Whether the next batch has not arrived yet. */
  get waiting(): boolean {
    return rawOf(this).waiting();
  }

  /**
   * The batch of the last step, and what the model said of it before its update; undefined before a first step, also after
   * restoring. The tensors are to be disposed of before the next step.
   */
  lastBatch(): { x: Tensor; y: Tensor; prediction: Tensor } | undefined {
    const batch = rawOf(this).batch() as { x: raw.Tensor; y: raw.Tensor; prediction: raw.Tensor } | undefined;
    return batch && { x: new Tensor(batch.x), y: new Tensor(batch.y), prediction: new Tensor(batch.prediction) };
  }

  /**
   * Everything that this run needs to go on, later or elsewhere, to the same bits: a safetensors file of weights, running statistics,
   * random numbers, the optimizer's state and the step. What other members a class of your own has, in JavaScript, is not in it: an
   * optimizer of yours that remembers more than its learning rate forgets that.
   * @param about a text of yours, such as the run's configuration as JSON, which `checkpointAbout` gives back
   */
  save(about = ''): Uint8Array<ArrayBuffer> {
    return unwrap(rawOf(this).save(text('about', about)));
  }

  /**
   * Makes this trainer, its model and its optimizer what they were when the checkpoint was saved. They are made as those were; only
   * the epochs may be more.
   * @throws {ToydlError} `format` or `shape` that says what does not fit, for no checkpoint or that of another run; nothing is changed then
   */
  restore(checkpoint: Uint8Array): void {
    unwrap(rawOf(this).restore(instance('checkpoint', checkpoint, Uint8Array)));
  }
}
