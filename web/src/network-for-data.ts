import type { Config } from 'toydl/training/protocol';
import { fitted, type AskOutline } from './build.js';
import type { Data } from './datasets.js';
import { presetFor, presetNames } from './presets.js';
import { sameValue, type Settings } from './settings.js';

/** What of a network must be otherwise for other data: a preset's network becomes that preset's for these, others get other sizes. */
export async function networkFor(after: Data, before: Data, layers: readonly Config[], askOutline: AskOutline): Promise<Partial<Settings>> {
  if (before.inputs === after.inputs && before.classes === after.classes) return {};
  const preset = presetNames.find((name) => {
    const known = presetFor(name, before);
    return known && sameValue('layers', known.layers, layers);
  });
  if (preset) return presetFor(preset, after) ?? presetFor('mlp', after)!;
  // Without an answer, they stay, and are called wrong when there is one.
  return { layers: await fitted(layers, after, askOutline).catch(() => layers) };
}
