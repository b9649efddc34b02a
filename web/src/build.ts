import type { Config, Outline, Questions } from 'toydl/training/protocol';
import { descriptorOf } from './configs.js';
import type { Data } from './datasets.js';
import { count } from './format.js';
import { words } from './words/index.js';

/** What is known of a network that is being built: its layers, and what is wrong. */
export type Build = Outline;

/** Asks the engine what layers would make of samples. */
export type AskOutline = (ask: Questions['outline']['ask']) => Promise<Outline>;

/** More is nothing to train in a page. */
const mostParameters = 4_000_000;

/** How many numbers a network learns. */
export const parametersOf = ({ layers }: Outline): number => layers.reduce((sum, { parameters }) => sum + parameters, 0);

/** What is wrong with layers that fit one another: they do not end with a number for each class, or learn too many numbers for a page. */
export function misfit(outline: Outline, classes: number): Outline['problem'] {
  const last = outline.layers.at(-1);
  const parameters = parametersOf(outline);
  const { empty, wrongEnd, tooLarge } = words().model;
  const problem = (message: string) => ({ layer: last?.layer ?? '', message });
  if (!last) return problem(empty);
  if (last.output.length !== 1 || last.output[0] !== classes) return problem(wrongEnd(last.output.join(', '), classes));
  if (parameters > mostParameters) return problem(tooLarge(count(parameters), count(mostParameters)));
  return undefined;
}

const outputs = 'outFeatures';

/** The layers with their sizes changed so that they fit one another, and these data. What cannot be mended so is left as it is. */
export async function fitted(
  layers: readonly Config[],
  { inputs, classes }: Data,
  askOutline: AskOutline,
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
