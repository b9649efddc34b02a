import { Curve } from './curve.js';
import type { Settings } from './settings.js';

/** The curves of one run, over the epochs. */
export class Curves {
  readonly loss = new Curve();
  readonly trainAccuracy = new Curve();
  readonly testLoss = new Curve();
  readonly testAccuracy = new Curve();

  /** As far as they go. */
  get epochs(): number {
    return Math.max(0, ...curveNames.map((name) => this[name].xs.at(-1) ?? 0));
  }

  /** As plain data, for storage. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries(curveNames.map((name) => [name, this[name].toJSON()]));
  }

  static fromJSON(data: Record<string, unknown>): Curves {
    const curves = new Curves();
    for (const name of curveNames) curves[name].restore(data[name] as ReturnType<Curve['toJSON']>);
    return curves;
  }
}

export const curveNames = ['loss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const;
export type CurveName = (typeof curveNames)[number];

/** A run that is over, beside which the present one is drawn. */
export interface EarlierRun {
  settings: Settings;
  curves: Curves;
}

/** As many as can be told apart by the dashes of their curves. */
const most = 4;

/** The last few runs that are over, the latest first. */
export function remembered(runs: readonly EarlierRun[], run: EarlierRun): EarlierRun[] {
  return [run, ...runs].slice(0, most);
}
