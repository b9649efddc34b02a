import type { Boundary } from 'toydl/training/protocol';
import { pixelOf, type Rgb } from './colours.js';

/** Points of the plane with their classes: two coordinates each, one point after another. */
export interface Points {
  values: Float32Array;
  labels: Uint8Array;
}

/** The share of the square that the model gives to each of `count` classes. */
export function sharesOf({ classes }: Boundary, count: number): number[] {
  const wins = new Array<number>(count).fill(0);
  for (const winner of classes) wins[winner]!++;
  return wins.map((won) => won / classes.length);
}

/** How many points lie in the square, and how many of them where the model gives their class. */
export function countPoints({ size, low, high, classes }: Boundary, { values, labels }: Points): { inside: number; right: number } {
  const isInside = (value: number) => value >= low && value <= high;
  const nearest = (value: number) => Math.round(((value - low) / (high - low)) * (size - 1));
  let [inside, right] = [0, 0];
  labels.forEach((label, i) => {
    const [x, y] = [values[2 * i]!, values[2 * i + 1]!];
    if (!isInside(x) || !isInside(y)) return;
    inside++;
    if (classes[nearest(y) * size + nearest(x)] === label) right++;
  });
  return { inside, right };
}

/** The faintest and the strongest colour of a region, of 255. */
const [faintest, strongest] = [24, 140];

/**
 * The pixels of an ImageData of `size` × `size`, the highest row first: the colour of the class of each point of the grid, faint where
 * the model is no surer than chance, and strong where it is sure.
 */
export function regionPixels({ size, classes, certainty }: Boundary, count: number, colours: readonly Rgb[]): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(size * size);
  const chance = 255 / count;
  classes.forEach((winner, i) => {
    const sureness = Math.max(0, (certainty[i]! - chance) / (255 - chance));
    const [row, column] = [Math.floor(i / size), i % size];
    pixels[(size - 1 - row) * size + column] = pixelOf(colours[winner % colours.length]!, Math.round(faintest + (strongest - faintest) * sureness));
  });
  return pixels;
}
