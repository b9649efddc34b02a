import Papa from 'papaparse';
import { curveNames, type CurveName, type Curves } from './history.js';

/** A table of all points: one in a row, with the run and the curve that it belongs to. @param names of the curves, as they are to be written */
export function curvesCsv(runs: readonly { name: string; curves: Curves }[], names: Record<CurveName, string>): string {
  const rows = runs.flatMap(({ name, curves }) =>
    curveNames.flatMap((curve) => curves[curve].xs.map((epoch, i) => [name, names[curve], epoch, curves[curve].ys[i]!])));
  return `${Papa.unparse({ fields: ['run', 'curve', 'epoch', 'value'], data: rows }, { quotes: [true, true, false, false] })}\r\n`;
}
