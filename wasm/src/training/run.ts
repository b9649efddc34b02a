import type { Dataset } from '../dataset.js';
import { Accuracy } from '../engine/catalogue.js';
import type { Handle } from '../handle.js';
import { Layer } from '../layer.js';
import { Loss } from '../loss.js';
import { Model } from '../model.js';
import { Optimizer } from '../optimizer.js';
import { Trainer } from '../trainer.js';
import { Evaluation } from '../evaluation.js';
import { pickDigits } from './digits.js';
import type { Digits, Report, RunConfig, TestReport } from './protocol.js';
import { Rate } from './rate.js';

/** One run: the model with all that trains and measures it. */
export class Run {
  readonly #config: RunConfig;
  readonly #test: Dataset;
  readonly #model: Model;
  readonly #loss: Loss;
  readonly #optimizer: Optimizer;
  readonly #trainer: Trainer;
  /** What is to be disposed of. */
  readonly #kept: Handle[] = [];
  readonly #trainMetric = this.#keep(new Accuracy());
  readonly #testMetric = this.#keep(new Accuracy());
  readonly #rate = new Rate();
  #lastMs = 0;
  #evaluation?: Evaluation;

  /** @throws {ToydlError} for a config that makes no sense */
  constructor(config: RunConfig, train: Dataset, test: Dataset) {
    this.#config = config;
    this.#test = test;
    try {
      const { epochs, batchSize, seed } = config;
      const layers = config.layers.map((layer) => this.#keep(new Layer(layer)));
      this.#model = this.#keep(new Model(layers, { seed }));
      this.#loss = this.#keep(new Loss(config.loss));
      this.#optimizer = this.#keep(new Optimizer(config.optimizer, this.#model.parameters()));
      this.#trainer = this.#keep(new Trainer(this.#model, train, this.#loss, this.#optimizer, { epochs, batchSize, metric: this.#trainMetric }));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  set learningRate(value: number) {
    this.#optimizer.learningRate = value;
  }

  /** Whether all epochs are over and nothing is being measured. */
  get done(): boolean {
    return this.#trainer.done && !this.#evaluation;
  }

  /** Whether the next batch has not arrived yet. */
  get waiting(): boolean {
    return this.#trainer.waiting && !this.#evaluation;
  }

  get epochEnded(): boolean {
    return this.#trainer.stepsDone > 0 && this.#trainer.stepsDone % this.#trainer.stepsPerEpoch === 0;
  }

  /** Trains for a slice of time, or one step if it is 0. Returns whether there was a step. */
  train(budgetMs: number): boolean {
    const start = performance.now();
    const stepped = this.#trainer.advance(budgetMs);
    if (stepped) this.#lastMs = performance.now() - start;
    return stepped;
  }

  /** What happened since the last report. */
  report(): Report {
    const { step, steps, samples, loss, metric } = this.#trainer.takeReport();
    if (steps > 0) this.#rate.add(samples, this.#lastMs);
    return {
      step,
      stepsPerEpoch: this.#trainer.stepsPerEpoch,
      epoch: step / this.#trainer.stepsPerEpoch,
      epochs: this.#config.epochs,
      ...(steps > 0 && { loss, trainAccuracy: metric }),
      samplesPerSecond: this.#rate.perSecond,
      hash: this.#model.hash(),
    };
  }

  /** Some of the batch of the last step. */
  digits(): Digits | undefined {
    const batch = this.#trainer.lastBatch();
    if (!batch) return undefined;
    try {
      return pickDigits(batch);
    } finally {
      for (const tensor of Object.values(batch)) tensor.dispose();
    }
  }

  /** Begins to measure the accuracy on the test images that are here. The weights must stay until it is done. */
  startTest(): void {
    this.#evaluation ??= new Evaluation(this.#model, this.#test, this.#testMetric);
  }

  get testing(): boolean {
    return this.#evaluation !== undefined;
  }

  /** Measures for a slice of time. Returns the report when it is done. */
  test(budgetMs: number): TestReport | undefined {
    if (!this.#evaluation?.advance(budgetMs)) return undefined;
    const { samples } = this.#evaluation;
    this.#evaluation.dispose();
    this.#evaluation = undefined;
    const step = this.#trainer.stepsDone;
    return { step, epoch: step / this.#trainer.stepsPerEpoch, accuracy: this.#testMetric.value(), samples };
  }

  dispose(): void {
    this.#evaluation?.dispose();
    for (const part of this.#kept.reverse()) part.dispose();
  }

  #keep<Part extends Handle>(part: Part): Part {
    this.#kept.push(part);
    return part;
  }
}
