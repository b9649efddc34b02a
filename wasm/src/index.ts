import * as catalogue from './engine/catalogue.js';
import { arithmeticVersion } from './engine/arithmetic-version.js';
import { knownOptions } from './check.js';
import { checkpointAbout, checkpointArithmetic } from './checkpoint.js';
import { Dataset } from './dataset.js';
import { Datasets, type DatasetsOptions } from './data/datasets.js';
import { memory } from './engine.js';
import { loadEngine, type EngineOptions } from './engines.js';
import { ToydlError } from './errors.js';
import { Evaluation } from './evaluation.js';
import { gradientCheck } from './gradient-check.js';
import { Initializer } from './initializer.js';
import { Layer } from './layer.js';
import { Loss } from './loss.js';
import { Metric } from './metric.js';
import { Model } from './model.js';
import { Optimizer } from './optimizer.js';
import { outline } from './outline.js';
import { Parameter } from './parameter.js';
import { Random } from './random.js';
import { Schedule } from './schedule.js';
import { Tensor } from './tensor.js';
import { Trainer } from './trainer.js';

export * from './engine/catalogue.js';
export type { Config } from './config.js';
export type { Batch, ByteDatasetOptions } from './dataset.js';
export type { Arithmetic } from './engine.js';
export type { EngineOptions } from './engines.js';
export type { DownloadOptions, LabelledData } from './data/datasets.js';
export type { DataProgress } from './data/shards.js';
export type { Toy, ToyOptions } from './data/toys.js';
export type { GradientCheckOptions, GradientCheckReport } from './gradient-check.js';
export type { FillOptions } from './initializer.js';
export type { Pass } from './layer.js';
export type { FitOptions, ModelConfig, ModelOptions, ModelSummary, OwnClass, TrainingReport } from './model.js';
export type { LayerSummary, Outline, OutlineProblem } from './outline.js';
export type { TrainerOptions, TrainerReport } from './trainer.js';
export type { Values } from './user-code.js';
export { Dataset, Evaluation, Initializer, Layer, Loss, Metric, Model, Optimizer, Parameter, Random, Schedule, Tensor, ToydlError, Trainer, arithmeticVersion, checkpointAbout, checkpointArithmetic, gradientCheck, memory, outline };

const classes = {
  ...catalogue, Dataset, Evaluation, Initializer, Layer, Loss, Metric, Model, Optimizer, Parameter, Random, Schedule, Tensor, ToydlError, Trainer,
  arithmeticVersion, checkpointAbout, checkpointArithmetic, gradientCheck, memory, outline,
};

export interface LoadOptions extends DatasetsOptions, EngineOptions {}

/**
 * Starts the engine and returns everything there is: the classes, and the data sets.
 * @throws {ToydlError} `unsupported` where there is no WebAssembly SIMD, or no fused multiply-add if it is asked for, `load` if the engine cannot be fetched
 */
export async function load(options: LoadOptions = {}): Promise<typeof classes & { datasets: Datasets }> {
  const { dataUrl, ...rest } = knownOptions('load', options, ['dataUrl', 'arithmetic', 'threads', 'wasmUrl']);
  await loadEngine(rest);
  return { ...classes, datasets: new Datasets({ dataUrl }) };
}
