import type { Config, Outline, Questions } from 'toydl/training/protocol';
import { descriptorOf } from './configs.js';
import type { Data } from './datasets.js';
import { words } from './words/index.js';

/** What is known of a network that is being built: its layers, and what is wrong. */
export type Build = Outline;

/** What is wrong with layers that fit one another, but do not end with a number for each class. */
export function misfit({ layers }: Outline, classes: number): Outline['problem'] {
  const last = layers.at(-1);
  if (last?.output.length === 1 && last.output[0] === classes) return undefined;
  return { layer: last?.layer ?? '', message: words().model.wrongEnd(last?.output.join(', ') ?? '', classes) };
}

const outputs = 'outFeatures';

/** The layers with their sizes changed so that they fit one another, and these data. What cannot be mended so is left as it is. */
export async function fitted(
  layers: readonly Config[],
  { inputs, classes }: Data,
  askOutline: (ask: Questions['outline']['ask']) => Promise<Outline>,
): Promise<Config[]> {
  const result = [...layers];
  const last = result.findLastIndex(({ type }) => descriptorOf('layers', type)?.options.some(({ name }) => name === outputs));
  if (last >= 0) result[last] = { ...result[last]!, [outputs]: classes };
  for (let tries = 0; tries < result.length; tries++) {
    const { layers: fitting, problem } = await askOutline({ layers: result, inputShape: [inputs] });
    if (!problem?.fix) break;
    result[fitting.length] = problem.fix;
  }
  return result;
}
