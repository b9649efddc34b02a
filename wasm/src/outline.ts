import { list, wholeNumber } from './check.js';
import { type Config, fromEngine, toEngine } from './config.js';
import { engine } from './engine.js';
import { inCamelCase, unwrap } from './errors.js';

/** One layer of a model: as in a message, the shape of one sample of its output, and how many numbers it learns. */
export interface LayerSummary {
  layer: string;
  output: number[];
  parameters: number;
}

/** Why a model cannot be made as it is described. */
export interface OutlineProblem {
  /** The layer that does not fit, as in a message. */
  layer: string;
  /** What is wrong with it, and what to do about it. */
  message: string;
  /** This layer with one option changed, so that it fits; absent if no such change helps. */
  fix?: Config;
}

/** What a model would be. */
export interface Outline {
  /** Those layers that fit, up to the first that does not. */
  layers: LayerSummary[];
  problem?: OutlineProblem;
}

/** Follows samples of a shape through layers that are only described: for a form in which somebody builds a model. */
export function outline(layers: readonly Config[], inputShape: readonly number[]): Outline {
  const shape = list('inputShape', inputShape).map((size) => wholeNumber('a dimension of inputShape', size, 0));
  const text = `[${list('layers', layers).map((layer) => toEngine(layer)).join(',')}]`;
  const { layers: fitting, problem } = unwrap<{ layers: LayerSummary[]; problem?: Omit<OutlineProblem, 'fix'> & { fix?: string } }>(
    engine().outline(text, shape));
  if (!problem) return { layers: fitting };
  const { layer, message, fix } = problem;
  return { layers: fitting, problem: { layer, message: inCamelCase(message), ...(fix !== undefined && { fix: fromEngine(fix) }) } };
}
