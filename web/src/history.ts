import { Curve } from './curve.js';
import type { Settings } from './settings.js';

/** The curves of one run, over the epochs. */
export class Curves {
  readonly loss = new Curve();
  readonly trainAccuracy = new Curve();
  readonly testLoss = new Curve();
  readonly testAccuracy = new Curve();

  /** As plain data, for storage. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this).map(([name, curve]) => [name, (curve as Curve).toJSON()]));
  }

  static fromJSON(data: Record<string, unknown>): Curves {
    const curves = new Curves();
    for (const [name, curve] of Object.entries(curves)) (curve as Curve).restore(data[name] as ReturnType<Curve['toJSON']>);
    return curves;
  }
}

/** A run that is over, beside which the present one is drawn. */
export interface EarlierRun {
  settings: Settings;
  curves: Curves;
}

const most = 4;

/** The last few runs that are over, the latest first. */
export function remembered(runs: readonly EarlierRun[], run: EarlierRun): EarlierRun[] {
  return [run, ...runs].slice(0, most);
}
