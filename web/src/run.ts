import type { Config, RunConfig } from 'toydl/training/protocol';
import { descriptorOf, shortest } from './configs.js';
import { settingsTable, type Settings } from './settings.js';

/** The run that these settings stand for. */
export function runFromSettings({ layers, initializer, optimizer, learningRate, schedule, batchSize, epochs, seed }: Settings): RunConfig {
  return {
    layers: layers.map((layer) => initialized(layer, initializer)),
    // Either way the model is trained to give probabilities.
    loss: { type: layers.at(-1)?.type === 'Softmax' ? 'CrossEntropy' : 'SoftmaxCrossEntropy' },
    optimizer: { ...optimizer, schedule, learningRate },
    batchSize,
    epochs,
    seed,
  };
}

/** The layer with another initializer for its weight, unless it has one of its own already. */
function initialized(layer: Config, initializer: string): Config {
  if (initializer === '') return layer;
  if (Array.isArray(layer.layers)) return { ...layer, layers: layer.layers.map((inner: Config) => initialized(inner, initializer)) };
  const takesOne = descriptorOf('layers', layer.type)?.options.some(({ name }) => name === 'weightInitializer');
  return takesOne && !('weightInitializer' in layer) ? { ...layer, weightInitializer: { type: initializer } } : layer;
}

/** The same run for a terminal, which ends with the same hash; undefined where a terminal has no such data. */
export function nativeCommand(settings: Settings): string | undefined {
  if (settings.dataset !== 'mnist') return undefined;
  const run = runFromSettings(settings);
  const { layers, optimizer, schedule } = settingsTable;
  const option = (name: string, value: string) => `--${name} ${/^[\w.,-]+$/.test(value) ? value : `'${value}'`}`;
  const isPlain = settings.initializer === '';
  return [
    'npm run toydl -- train',
    option('layers', isPlain ? layers.format(settings.layers) : JSON.stringify(run.layers.map((layer) => shortest('layers', layer)))),
    ...(optimizer.format(settings.optimizer) === 'SGD' ? [] : [option('optimizer', optimizer.format(settings.optimizer))]),
    ...(schedule.format(settings.schedule) === 'ConstantSchedule' ? [] : [option('schedule', schedule.format(settings.schedule))]),
    option('learning-rate', String(settings.learningRate)),
    option('batch-size', String(settings.batchSize)),
    option('epochs', String(settings.epochs)),
    option('seed', String(settings.seed)),
  ].join(' ');
}
