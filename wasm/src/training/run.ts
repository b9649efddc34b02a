import type { LabelledData } from '../data/datasets.js';
import type { Dataset } from '../dataset.js';
import { Accuracy } from '../engine/catalogue.js';
import { ToydlError } from '../errors.js';
import type { Handle } from '../handle.js';
import { Layer } from '../layer.js';
import { Loss } from '../loss.js';
import { Model } from '../model.js';
import { Optimizer } from '../optimizer.js';
import { Tensor } from '../tensor.js';
import { Trainer } from '../trainer.js';
import { probabilitiesOf } from './answers.js';
import { boundaryOf } from './boundary.js';
import { pickDigits } from './digits.js';
import { countDead, viewLayers } from './inside.js';
import type { Boundary, Digits, Questions, Report, RunConfig, Samples, TestReport, Watch, Watched } from './protocol.js';
import { Rate } from './rate.js';
import { TestPass } from './test-pass.js';

/** A loss so many times that of a model which knows nothing is on its way to infinity. */
const divergingLoss = 1000;
/** So many samples tell whether a ReLU is dead. */
const samplesForDead = 64;

/** One run: the model with all that trains and measures it. */
export class Run {
  readonly number: number;
  readonly #config: RunConfig;
  readonly #data: LabelledData;
  readonly #model: Model;
  readonly #optimizer: Optimizer;
  readonly #trainer: Trainer;
  /** What is to be disposed of. */
  readonly #kept: Handle[] = [];
  readonly #rate = new Rate();
  #lastMs = 0;
  #test?: TestPass;
  #lastTest?: TestPass;

  /**
   * @param number the page's number of this run
   * @param checkpoint where to go on; from the start if left out
   * @throws {ToydlError} for a config that makes no sense, or a checkpoint of another run
   */
  constructor(number: number, config: RunConfig, data: LabelledData, checkpoint?: Uint8Array) {
    this.number = number;
    this.#config = config;
    this.#data = data;
    try {
      const { epochs, batchSize, seed } = config;
      const layers = config.layers.map((layer) => this.#keep(new Layer(layer)));
      this.#model = this.#keep(new Model(layers, { seed, inputShape: data.train.sampleShape }));
      this.#requireClasses();
      const loss = this.#keep(new Loss(config.loss));
      this.#optimizer = this.#keep(new Optimizer(config.optimizer, this.#model.parameters()));
      const metric = this.#keep(new Accuracy());
      const largestLoss = divergingLoss * Math.log(data.classNames.length);
      this.#trainer = this.#keep(new Trainer(this.#model, data.train, loss, this.#optimizer, { epochs, batchSize, metric, largestLoss }));
      if (checkpoint) this.#trainer.restore(checkpoint);
      // The checkpoint brought back that of its time.
      this.learningRate = config.optimizer.learningRate;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  set learningRate(value: number) {
    this.#optimizer.learningRate = value;
  }

  get step(): number {
    return this.#trainer.stepsDone;
  }

  /** Whether all epochs are over; the last test may still be under way. */
  get ended(): boolean {
    return this.#trainer.done;
  }

  /** Whether all epochs are over and nothing is being measured. */
  get done(): boolean {
    return this.ended && !this.#test;
  }

  /** Whether the next batch has not arrived yet. */
  get lacksBatch(): boolean {
    return this.#trainer.waiting;
  }

  /** Whether there is nothing to do until it arrives. */
  get waiting(): boolean {
    return this.lacksBatch && !this.#test;
  }

  get epochEnded(): boolean {
    return this.step > 0 && this.step % this.#trainer.stepsPerEpoch === 0;
  }

  /** Trains for a slice of time, or one step if it is 0. Returns whether there was a step. @throws {ToydlError} `diverged` if the loss is on its way to infinity */
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
      run: this.number,
      step,
      stepsPerEpoch: this.#trainer.stepsPerEpoch,
      samplesPerEpoch: this.#data.train.size,
      epoch: step / this.#trainer.stepsPerEpoch,
      epochs: this.#config.epochs,
      ...(steps > 0 && { loss, trainAccuracy: metric! }),
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

  /** Begins to measure the test samples that are here. The weights must stay until it is done. */
  startTest(): void {
    if (this.#data.test.available > 0) this.#test ??= new TestPass(this.#model, this.#data.test);
  }

  giveUpTest(): void {
    this.#test = undefined;
  }

  get testing(): boolean {
    return this.#test !== undefined;
  }

  /** Measures for a slice of time. Returns the report when it is done. */
  test(budgetMs: number): TestReport | undefined {
    if (!this.#test?.advance(budgetMs)) return undefined;
    const pass = (this.#lastTest = this.#test);
    this.#test = undefined;
    const { loss, accuracy, samples } = pass;
    const epoch = this.step / this.#trainer.stepsPerEpoch;
    return { run: this.number, step: this.step, epoch, loss, accuracy, samples, confusion: pass.confusion(this.#data.classNames.length) };
  }

  /** The model's answer for a sample. @throws {ToydlError} `shape` if it does not fit, `state` if it has not arrived */
  watched(watch: Watch): Watched {
    const { values, label } = this.#sampleOf(watch);
    using x = new Tensor([1, ...this.#data.test.sampleShape], values);
    const dead = watch.inside ? this.#countDead() : undefined;
    using output = this.#model.predict(x);
    return {
      run: this.number,
      step: this.step,
      watch,
      values,
      ...(label !== undefined && { label }),
      probabilities: probabilitiesOf(this.#model, output),
      ...(dead && { layers: viewLayers(this.#model, dead) }),
    };
  }

  /** How the model divides the plane. */
  boundary(): Boundary {
    return { run: this.number, step: this.step, ...boundaryOf(this.#model) };
  }

  samples(ask: Questions['samples']['ask']): Samples {
    const dataset = this.#data[ask.from];
    const { actual, predicted } = ask.from === 'test' ? ask : {};
    const { labels, predictions } = (ask.from === 'test' && this.#lastTest) || {};
    const known = predictions?.length ?? dataset.available;
    const indices: number[] = [];
    for (let i = 0; i < known && indices.length < ask.count; i++) {
      if (actual !== undefined && labels?.[i] !== actual) continue;
      if (predicted !== undefined && predictions?.[i] !== predicted) continue;
      indices.push(i);
    }
    return collect(dataset, indices, predictions);
  }

  /** Everything that training needs to go on to the same bits. */
  save(about: string): Uint8Array<ArrayBuffer> {
    return this.#trainer.save(about);
  }

  dispose(): void {
    for (const part of this.#kept.reverse()) part.dispose();
  }

  /** @throws {ToydlError} `shape` if the model does not end with as many numbers as there are classes */
  #requireClasses(): void {
    const { layer, output } = this.#model.summary().layers.at(-1)!;
    const classes = this.#data.classNames.length;
    if (output.length === 1 && output[0] === classes) return;
    throw new ToydlError('shape', `the last layer, ${layer}, gives [${output.join(', ')}], but there are ${classes} classes: the model must end with [${classes}].`);
  }

  #countDead(): ReturnType<typeof countDead> {
    const { test } = this.#data;
    const some = test.slice(0, Math.min(samplesForDead, test.available));
    using x = some.x;
    using _y = some.y;
    return countDead(this.#model, x);
  }

  #sampleOf({ sample }: Watch): { values: Float32Array; label?: number } {
    if (sample.kind === 'values') return { values: sample.values };
    const { values, labels } = collect(this.#data.test, [sample.index]);
    return { values, label: labels[0]! };
  }

  #keep<Part extends Handle>(part: Part): Part {
    this.#kept.push(part);
    return part;
  }
}

function collect(dataset: Dataset, indices: number[], predictions?: Uint8Array): Samples {
  const size = dataset.sampleSize;
  const values = new Float32Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, i) => {
    const sample = dataset.slice(index, 1);
    using x = sample.x;
    using y = sample.y;
    values.set(x.toArray(), i * size);
    labels.set(y.toArray(), i);
  });
  return { indices, values, labels, ...(predictions && { predictions: Uint8Array.from(indices, (index) => predictions[index]!) }) };
}
