import { instance, knownOptions, list, wholeNumber } from './check.js';
import { unwrap } from './errors.js';
import { rawOf } from './handle.js';
import { Layer } from './layer.js';

export interface GradientCheckOptions {
  /** Of the weights, x, dy, and what the layer draws in a pass. */
  seed?: number;
  batch?: number;
  /** For a layer that takes whole numbers: from 0 to one less; x is then not checked. */
  indices?: number;
}

/** The entry at which a hand-written gradient is furthest from the numeric one. */
export interface GradientCheckReport {
  /** "x", or the name of a parameter. */
  where: string;
  /** Which of the layer's parameters; -1 for x. */
  parameter: number;
  /** The shape of x, or of that parameter; where in it, by dimension; and where in its memory. */
  shape: number[];
  position: number[];
  index: number;
  analytic: number;
  numeric: number;
  relativeError: number;
}

/**
 * Holds a layer's `backward` against central differences of its `forward`, for random x and dy: a right gradient has a
 * relative error under 0.01, a wrong one mostly a much larger.
 *
 *     numeric        = (L(v + h) - L(v - h)) / 2h, L = Σ dy y        for every number v of x and of the parameters
 *     relative error = |analytic - numeric| / max(|analytic|, |numeric|, 1 % of the tensor's largest gradient)
 *
 * @param layer not part of a model yet; it can be afterwards
 * @param inputShape the shape of one sample of x
 * @throws {ToydlError} `shape` if the layer cannot take such samples, `state` if it belongs to a model
 */
export function gradientCheck(layer: Layer, inputShape: readonly number[], options: GradientCheckOptions = {}): GradientCheckReport {
  const { seed = 0, batch = 3, indices = 0 } = knownOptions('gradientCheck', options, ['seed', 'batch', 'indices']);
  const report = unwrap<Omit<GradientCheckReport, 'position'>>(rawOf(instance('layer', layer, Layer)).checkGradient(
    [...list('inputShape', inputShape)],
    wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    wholeNumber('batch', batch, 1),
    wholeNumber('indices', indices, 0),
  ));
  let rest = report.index;
  const position = [...report.shape].reverse().map((size) => {
    const along = rest % size;
    rest = Math.floor(rest / size);
    return along;
  }).reverse();
  return { ...report, position };
}
