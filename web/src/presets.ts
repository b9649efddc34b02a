import type { Config } from 'toydl/training/protocol';
import { imageWidth, type Data } from './datasets.js';

/** A network to begin with, and what trains it well. */
export interface Preset {
  layers: Config[];
  optimizer: Config;
  learningRate: number;
}

export const presetNames = ['mlp', 'cnn', 'rnn', 'transformer'] as const;
export type PresetName = (typeof presetNames)[number];

const linear = (inFeatures: number, outFeatures: number): Config => ({ type: 'Linear', inFeatures, outFeatures });
const conv2d = (inChannels: number, outChannels: number): Config => ({ type: 'Conv2D', inChannels, outChannels, kernelSize: 5 });
const reshape = (...shape: number[]): Config => ({ type: 'Reshape', shape });
const pool: Config = { type: 'MaxPool2D', size: 2 };
const relu: Config = { type: 'ReLU' };
const softmax: Config = { type: 'Softmax' };
const adam: Config = { type: 'Adam' };

/** Linear layers of these sizes, with ReLU between them, and Softmax at the end. */
export const perceptron = (sizes: readonly number[]): Config[] =>
  sizes.slice(1).flatMap((size, i) => [linear(sizes[i]!, size), i + 2 < sizes.length ? relu : softmax]);

/** The preset for some data; undefined where it makes no sense. All but the first look at images of 28 × 28. */
export function presetFor(name: PresetName, data: Data): Preset | undefined {
  const { inputs, classes } = data;
  if (name === 'mlp') {
    if (imageWidth(data)) return { layers: perceptron([inputs, 50, classes]), optimizer: { type: 'SGD' }, learningRate: 0.1 };
    return { layers: perceptron([inputs, 16, 16, classes]), optimizer: adam, learningRate: 0.01 };
  }
  if (imageWidth(data) !== 28) return undefined;
  switch (name) {
    case 'cnn':
      return {
        layers: [reshape(1, 28, 28), conv2d(1, 4), relu, pool, conv2d(4, 12), relu, pool, { type: 'Flatten' }, linear(192, classes), softmax],
        optimizer: adam,
        learningRate: 0.004,
      };
    case 'rnn':
      return {
        layers: [reshape(28, 28), { type: 'SimpleRNN', inFeatures: 28, hiddenFeatures: 64 }, linear(64, classes), softmax],
        optimizer: adam,
        learningRate: 0.002,
      };
    case 'transformer':
      return {
        layers: [
          reshape(7, 112), linear(112, 32), { type: 'PositionalEmbedding' },
          { type: 'Residual', layers: [{ type: 'LayerNorm' }, { type: 'MultiHeadAttention', heads: 4 }] },
          { type: 'Residual', layers: [{ type: 'LayerNorm' }, linear(32, 64), { type: 'GELU' }, linear(64, 32)] },
          { type: 'GlobalAvgPool1D' }, linear(32, classes), softmax,
        ],
        optimizer: adam,
        learningRate: 0.005,
      };
  }
}
