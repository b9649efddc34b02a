import { load } from 'toydl';
import { expect, test } from 'vitest';
import { preprocess, type ByteImage, type GreyImage, type Preprocessed } from '../../web/src/draw/preprocess.js';
import { rasterise } from '../../web/src/draw/stroke.js';
import { strokesOf } from './strokes.js';

const { datasets } = await load();
const { test: digits } = await datasets.mnist();

/** An image of MNIST's test set. */
function mnist(index: number): ByteImage {
  const { x, y } = digits.slice(index, 1);
  const pixels = Uint8Array.from(x.toArray(), (value) => Math.round(255 * value));
  x.dispose();
  y.dispose();
  return { pixels, width: 28, height: 28 };
}

/** An empty image with another in it, each pixel of that `scale` × `scale` ones, its corner at (left, top). */
function placed({ pixels, width, height }: GreyImage, { size, scale, left, top }: { size: number; scale: number; left: number; top: number }): GreyImage {
  const large = new Uint8Array(size * size);
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      large[(top + y) * size + left + x] = pixels[Math.floor(y / scale) * width + Math.floor(x / scale)]!;
    }
  }
  return { pixels: large, width: size, height: size };
}

/** A field of 28 × 28 pixels, its content moved. */
const moved = (field: ArrayLike<number>, { x, y }: { x: number; y: number }) =>
  Array.from(field, (_, i) => {
    const [fromX, fromY] = [(i % 28) - x, Math.floor(i / 28) - y];
    return fromX >= 0 && fromX < 28 ? (field[28 * fromY + fromX] ?? 0) : 0;
  });

const input = (image: GreyImage) => preprocess(image)!.placed.pixels;
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((sum, d) => sum + d) / a.length;

/** A seven in the square of side `size` whose corner is at (left, top). */
const seven = ({ left, top, size, width }: { left: number; top: number; size: number; width: number }) =>
  [[0, 0], [0.6, 0], [0.25, 1]].map(([x, y]) => ({ x: left + x! * size, y: top + y! * size, width }));

test('images of MNIST come back themselves, from five times their size too', () => {
  for (let i = 0; i < 100; i++) {
    const image = mnist(i);
    expect(difference(input(image), image.pixels)).toBeLessThan(0.5);
    expect(difference(input(placed(image, { size: 140, scale: 5, left: 0, top: 0 })), image.pixels)).toBeLessThan(0.5);
  }
});

test('where a drawing is on the pad makes no difference', () => {
  const image = mnist(0);
  const inCorner = placed(image, { size: 300, scale: 3, left: 0, top: 0 });
  const below = placed(image, { size: 300, scale: 3, left: 201, top: 87 });
  expect(input(below)).toEqual(input(inCorner));
});

test('a small digit in a corner becomes nearly what a large one in the middle does', () => {
  const differences = Array.from({ length: 20 }, (_, i) => {
    const strokes = strokesOf(mnist(i).pixels);
    const drawn = (size: number, left: number, top: number) =>
      rasterise(strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: left + size * x, y: top + size * y, width: 0.08 * size }))), 140);
    const [large, small] = [drawn(1.2, -0.1, -0.1), drawn(0.4, -0.04, 0.62)];
    const [one, other] = [large, small].map((image) => preprocess(image)!.placed) as [Preprocessed['placed'], Preprocessed['placed']];
    // The centre of mass is rounded to whole pixels, so one may lie a pixel beside the other.
    const aside = { x: one.shift.x - other.shift.x, y: one.shift.y - other.shift.y };
    expect(Math.max(Math.abs(aside.x), Math.abs(aside.y))).toBeLessThanOrEqual(1);
    return difference(one.pixels, moved(other.pixels, aside));
  });
  expect(Math.max(...differences)).toBeLessThan(15);
  expect(differences.reduce((sum, d) => sum + d) / differences.length).toBeLessThan(6);
});

test('the longer side becomes 20 pixels, and the centre of mass comes to the middle', () => {
  const { crop, scaled, placed: { pixels, shift } } = preprocess(rasterise([seven({ left: 0.3, top: 0.1, size: 0.8, width: 0.07 })], 140))!;
  expect(crop.height).toBeGreaterThan(crop.width);
  expect(scaled.height).toBe(20);
  expect(scaled.width).toBe(Math.round((20 * crop.width) / crop.height));
  const mass = pixels.reduce((sum, ink) => sum + ink);
  const [x, y] = [(i: number) => i % 28, (i: number) => Math.floor(i / 28)].map((axis) => pixels.reduce((sum, ink, i) => sum + ink * axis(i), 0) / mass);
  expect(Math.abs(x! - 14)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(y! - 14)).toBeLessThanOrEqual(0.5);
  expect(pixels[shift.y * 28 + shift.x]).toBe(scaled.pixels[0]);
});

test('a hairline becomes full ink', () => {
  const pixels = input(rasterise([seven({ left: 0.1, top: 0.1, size: 0.8, width: 1 / 140 })], 140));
  expect(Math.max(...pixels)).toBe(255);
  // Every row of the digit has ink that can be seen.
  for (let y = 0; y < 28; y++) {
    const row = pixels.subarray(28 * y, 28 * y + 28);
    if (row.some((ink) => ink > 0)) expect(Math.max(...row)).toBeGreaterThan(60);
  }
});

test('faint ink becomes as strong as any', () => {
  const image = mnist(3);
  const faint = { ...image, pixels: Float32Array.from(image.pixels, (ink) => ink / 50) };
  expect(difference(input(faint), input(image))).toBeLessThan(0.5);
});

test('without ink there is nothing', () => {
  expect(preprocess({ pixels: new Uint8Array(140 * 140), width: 140, height: 140 })).toBeUndefined();
  expect(preprocess({ pixels: new Uint8Array(0), width: 0, height: 0 })).toBeUndefined();
});

test('a single pixel fills the box, and a dot becomes a disc', () => {
  const pixels = new Uint8Array(50 * 50);
  pixels[7 * 50 + 49] = 1;
  const { crop, scaled, placed: { shift } } = preprocess({ pixels, width: 50, height: 50 })!;
  expect(crop).toEqual({ x: 49, y: 7, width: 1, height: 1 });
  expect([...scaled.pixels].every((ink) => ink === 255)).toBe(true);
  expect([scaled.width, scaled.height, shift.x, shift.y]).toEqual([20, 20, 4, 4]);

  const disc = preprocess(rasterise([[{ x: 0.2, y: 0.9, width: 0.07 }]], 140))!.scaled;
  expect([disc.width, disc.height, disc.pixels[10 * 20 + 10], disc.pixels[0]]).toEqual([20, 20, 255, 0]);
});

test('a line across the pad is 20 pixels long, in the middle', () => {
  const line = [{ x: 0, y: 0.03, width: 0.07 }, { x: 1, y: 0.03, width: 0.07 }];
  const { scaled, placed: { shift } } = preprocess(rasterise([line], 140))!;
  expect(scaled.width).toBe(20);
  expect(scaled.height).toBeLessThanOrEqual(2);
  expect(shift.x).toBe(4);
  expect(shift.y).toBeGreaterThanOrEqual(13);
});

test('a long thin tail does not push the digit over the edge', () => {
  const pixels = new Uint8Array(100 * 100);
  for (let y = 0; y < 100; y++) for (let x = 0; x < 100; x++) pixels[y * 100 + x] = Number(y >= 90 || x === 50);
  const { scaled, placed: { pixels: field, shift } } = preprocess({ pixels, width: 100, height: 100 })!;
  expect(shift.y).toBe(0);
  expect(field.reduce((sum, ink) => sum + ink)).toBe(scaled.pixels.reduce((sum, ink) => sum + ink));
});

test('an image whose size does not fit its pixels is refused', () => {
  expect(() => preprocess({ pixels: new Uint8Array(10), width: 3, height: 3 })).toThrow(/3 × 3 has 9 pixels, 10 were given/);
});
