import { instance } from './check.js';
import { Dataset } from './dataset.js';
import { engine } from './engine.js';
import type * as raw from './engine/toydl.js';
import { unwrap } from './errors.js';
import { Handle, rawOf } from './handle.js';
import { Metric } from './metric.js';
import { Model } from './model.js';

/** A metric over a data set, measured slice by slice, so that whoever measures can do other things in between. */
export class Evaluation extends Handle<raw.Evaluation> {
  protected readonly kind = 'Evaluation';

  /** Measures the samples that have arrived by now. @throws {ToydlError} `shape` if they do not fit the model */
  constructor(model: Model, dataset: Dataset, metric: Metric) {
    super(unwrap(engine().makeEvaluation(
      rawOf(instance('model', model, Model)), rawOf(instance('dataset', dataset, Dataset)), rawOf(instance('metric', metric, Metric)),
    )));
  }

  /** Goes on for about so many milliseconds. Returns whether all samples were measured; then the metric has its value. */
  advance(budgetMs: number): boolean {
    return unwrap(rawOf(this).advance(budgetMs));
  }

  /** How many samples were measured. */
  get samples(): number {
    return rawOf(this).samples();
  }
}
