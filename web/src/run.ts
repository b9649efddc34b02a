import type { Config, RunConfig } from 'toydl/training/protocol';
import type { Settings } from './settings.js';

const pixels = 28 * 28;
const classes = 10;

/** The sizes of a multi-layer perceptron for MNIST, input and output included. */
function layerSizes({ hidden }: Settings): number[] {
  return [pixels, ...hidden, classes];
}

/** The run that these settings stand for: a multi-layer perceptron, trained by gradient descent. */
export function runFromSettings(settings: Settings): RunConfig {
  const layers: Config[] = [];
  const sizes = layerSizes(settings);
  for (let i = 0; i + 1 < sizes.length; i++) {
    layers.push({ type: 'Linear', inFeatures: sizes[i], outFeatures: sizes[i + 1] });
    layers.push({ type: i + 2 < sizes.length ? 'ReLU' : 'Softmax' });
  }
  return {
    layers,
    loss: { type: 'CrossEntropy' },
    optimizer: { type: 'SGD', learningRate: settings.learningRate },
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    seed: settings.seed,
  };
}

/** The same run for a terminal; it ends with the same hash. */
export function nativeCommand(settings: Settings): string {
  return [
    'npm run toydl -- train',
    `--layers ${layerSizes(settings).join(',')}`,
    `--learning-rate ${settings.learningRate}`,
    `--batch-size ${settings.batchSize}`,
    `--epochs ${settings.epochs}`,
    `--seed ${settings.seed}`,
  ].join(' ');
}
