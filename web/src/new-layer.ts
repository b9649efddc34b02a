import type { OptionDescriptor } from 'toydl/descriptor';
import type { Config } from 'toydl/training/protocol';
import type { AskOutline } from './build.js';
import { descriptorOf, kindsOf, mostInOption } from './configs.js';

/** A layer for samples of a shape, with first values for all that it must be told, so that it fits if that can be. */
export async function newLayer(type: string, inputShape: readonly number[], askOutline: AskOutline): Promise<Config> {
  const required = descriptorOf('layers', type)!.options.filter((option) => option.required);
  const layer = { type, ...Object.fromEntries(required.map((option) => [option.name, firstValue(option, inputShape)])) };
  // Without an answer, it is called wrong when there is one.
  const outline = await askOutline({ layers: [layer], inputShape: [...inputShape] }).catch(() => undefined);
  return outline?.problem?.fix ?? layer;
}

/** As wide as what comes in, but neither very narrow nor so wide that it is slow. */
function widthFor(inputShape: readonly number[]): number {
  // Images have their channels first, sequences their features last.
  const features = (inputShape.length === 3 ? inputShape[0] : inputShape.at(-1)) ?? 1;
  return Math.min(Math.max(features, 4), 64);
}

function firstValue({ kind, min = 0, max = Infinity, choices }: OptionDescriptor, inputShape: readonly number[]): unknown {
  switch (kind) {
    case 'integer':
      // What may be as large as it likes counts features; what may not is a window, or a number of heads.
      return max > mostInOption ? widthFor(inputShape) : Math.min(Math.max(2, min), max);
    case 'number':
      return max < Infinity ? Number(((min + max) / 2).toPrecision(1)) : min;
    case 'boolean':
      return false;
    case 'choice':
      return choices![0];
    case 'shape':
      return inputShape;
    case 'layers':
      return [{ type: kindsOf('layers').find(({ options }) => options.length === 0)!.name }];
    case 'initializer':
      return { type: kindsOf('initializers')[0]!.name };
    case 'schedule':
      return { type: kindsOf('schedules')[0]!.name };
  }
}
