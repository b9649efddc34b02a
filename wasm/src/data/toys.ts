import { knownOptions, wholeNumber } from '../check.js';
import type { Dataset } from '../dataset.js';
import { ToydlError } from '../errors.js';
import type { LabelledData } from './datasets.js';
import { datasetFromArrays } from './from-arrays.js';
import { Pcg32 } from './pcg32.js';

/** Points of the plane in classes that no straight line parts. */
export const toys = ['spiral', 'moons', 'circles', 'xor'] as const;
export type Toy = (typeof toys)[number];

export interface ToyOptions {
  /** Another seed gives other points. Default: 42. */
  seed?: number;
  /** How many points to train with. Default: 1000. */
  samples?: number;
  /** How many points to test with. Default: half as many. */
  testSamples?: number;
  /** Standard deviation of what is added to each coordinate; for `spiral`, of what is added to the angle, in radians. */
  noise?: number;
}

type Point = [x: number, y: number];

interface Recipe {
  classNames: string[];
  noise: number;
  point: (label: number, random: Pcg32, noise: number) => Point;
}

const recipes: Record<Toy, Recipe> = {
  /** Three arms from the middle outwards, as in the case study of the course CS231n: each turns by 4 radians, and starts where the one before ends. */
  spiral: {
    classNames: ['first arm', 'second arm', 'third arm'],
    noise: 0.2,
    point: (label, random, noise) => {
      const radius = random.uniform();
      const [cos, sin] = direction(4 * (label + radius) + noise * random.normal());
      return [radius * sin, radius * cos];
    },
  },
  /** Two half circles of radius 2/3, each around an end of the other. */
  moons: {
    classNames: ['upper moon', 'lower moon'],
    noise: 0.07,
    point: (label, random, noise) => {
      const [cos, sin] = direction(random.uniform(0, Math.PI));
      const side = label === 0 ? 1 : -1;
      return blurred([side * (2 * cos - 1) / 3, side * (4 * sin - 1) / 6], random, noise);
    },
  },
  /** A circle of radius 0.9 around one of half its radius. */
  circles: {
    classNames: ['outer circle', 'inner circle'],
    noise: 0.08,
    point: (label, random, noise) => {
      const [cos, sin] = direction(random.uniform(0, 2 * Math.PI));
      const radius = label === 0 ? 0.9 : 0.45;
      return blurred([radius * cos, radius * sin], random, noise);
    },
  },
  /** Four squares, those across from each other of one class: whether the signs of x and y are equal. */
  xor: {
    classNames: ['equal signs', 'different signs'],
    noise: 0.05,
    point: (label, random, noise) => {
      const x = random.uniform(0.1, 1);
      const y = random.uniform(0.1, 1);
      const side = random.next() % 2 === 0 ? 1 : -1;
      return blurred([side * x, (label === 0 ? side : -side) * y], random, noise);
    },
  },
};

/**
 * Samples [2] from about -1 to 1 in classes of equal size, in random order. The same options give the same bits on every machine.
 * @throws {ToydlError} `option` for a name that is none of `toys`, and for numbers that make no sense
 */
export function makeToy(name: Toy, options: ToyOptions = {}): LabelledData {
  const { seed = 42, samples = 1000, testSamples = Math.ceil(samples / 2), noise } = knownOptions('toy', options, ['seed', 'samples', 'testSamples', 'noise']);
  if (!Object.hasOwn(recipes, name)) throw new ToydlError('option', `a toy is one of ${toys.join(', ')}; there is no ${String(name)}`);
  const recipe = recipes[name];
  const deviation = noise ?? recipe.noise;
  if (!(deviation >= 0 && deviation <= 10)) throw new ToydlError('option', `noise must be a number from 0 to 10, it is ${String(noise)}`);
  const random = new Pcg32(wholeNumber('seed', seed, 0));
  const train = scatter(recipe, wholeNumber('samples', samples, 1, 1_000_000), random, deviation);
  const test = scatter(recipe, wholeNumber('testSamples', testSamples, 1, 1_000_000), random, deviation);
  return { train, test, classNames: recipe.classNames };
}

function scatter({ classNames, point }: Recipe, count: number, random: Pcg32, noise: number): Dataset {
  const labels = Array.from({ length: count }, (_, i) => i % classNames.length);
  random.shuffle(labels);
  return datasetFromArrays([2], labels.flatMap((label) => point(label, random, noise)), labels);
}

const blurred = ([x, y]: Point, random: Pcg32, noise: number): Point => [x + noise * random.normal(), y + noise * random.normal()];

/**
 * Cosine and sine of an angle, with + and * only, since Math.cos differs between browsers: Taylor's polynomials for a 64th of the
 * angle, which is then doubled six times.
 */
function direction(angle: number): Point {
  const a = angle / 64;
  const a2 = a * a;
  let cos = 1 - (a2 / 2) * (1 - (a2 / 12) * (1 - a2 / 30));
  let sin = a * (1 - (a2 / 6) * (1 - (a2 / 20) * (1 - a2 / 42)));
  for (let i = 0; i < 6; i++) [cos, sin] = [cos * cos - sin * sin, 2 * cos * sin];
  return [cos, sin];
}
