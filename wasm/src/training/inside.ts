import type { Layer } from '../layer.js';
import type { Model } from '../model.js';
import type { Parameter } from '../parameter.js';
import type { Tensor } from '../tensor.js';
import type { LayerView, ParameterView } from './protocol.js';

const bins = 41;
/** So many numbers of a weight are shown at most, as images. */
const mostValues = 1 << 16;

/** How many units of a ReLU are dead. */
export type Dead = NonNullable<LayerView['dead']>;

/** What happened in each layer of a model in its last pass, for one sample; the gradients are those of the last batch of training. */
export function viewLayers(model: Model, dead: ReadonlyMap<Layer, Dead>): LayerView[] {
  const names = model.summary().layers;
  const learning = model.layers.findIndex((layer) => layer.parameters().length > 0);
  return model.layers.map((layer, i) => {
    using y = model.output(i);
    return {
      layer: names[i]!.layer,
      type: layer.config.type,
      shape: y.shape.slice(1),
      values: y.toArray(),
      parameters: layer.parameters().map((parameter) => viewOf(parameter, i === learning)),
      ...(dead.has(layer) && { dead: dead.get(layer)! }),
    };
  });
}

/** Of each ReLU: its units that are zero for all of these samples [n, …]. They learn nothing from them. */
export function countDead(model: Model, samples: Tensor): Map<Layer, Dead> {
  const found = new Map<Layer, Dead>();
  if (!model.layers.some((layer) => layer.config.type === 'ReLU')) return found;
  model.predict(samples).dispose();
  model.layers.forEach((layer, i) => {
    if (layer.config.type !== 'ReLU') return;
    using y = model.output(i);
    const values = y.toArray();
    const [count] = y.shape as [number];
    const units = values.length / count;
    const lives = new Uint8Array(units);
    for (let k = 0; k < values.length; k++) if (values[k]! > 0) lives[k % units] = 1;
    found.set(layer, { units, dead: lives.reduce((sum, alive) => sum + 1 - alive, 0), samples: count });
  });
  return found;
}

/** @param learnsFirst whether the parameter is of the first layer that learns, whose weights may be as images of the samples */
function viewOf({ name, value, grad }: Parameter, learnsFirst: boolean): ParameterView {
  const values = value.toArray();
  const isFilter = value.shape.length === 4;
  const asImages = (isFilter || (learnsFirst && value.shape.length === 2)) && values.length <= mostValues;
  return {
    name,
    shape: value.shape,
    norm: normOf(values),
    gradNorm: normOf(grad.toArray()),
    histogram: histogramOf(values),
    ...(asImages && { values }),
  };
}

const normOf = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Bins of equal width, symmetric about 0, that hold all values. */
function histogramOf(values: Float32Array): ParameterView['histogram'] {
  const high = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(((value + high) / (2 * high)) * bins))]!++;
  return { low: -high, high, counts };
}
