import { describe, expect, test } from 'vitest';
import { filterTiles, layOut, matrixTiles, outputTiles, paint, Palette, templateTiles, type Tiles } from '../../web/src/heat.js';
import { countPoints, regionPixels, sharesOf } from '../../web/src/plane-numbers.js';
import { decadesAround, middleOf, outlineOf, shareOfDecades, summarize } from '../../web/src/summaries.js';

// The numbers behind the pictures of a network, without a browser.

const range = (count: number) => Float32Array.from({ length: count }, (_, i) => i);
const palette = new Palette({ negative: [255, 128, 0], positive: [0, 64, 255], line: [9, 9, 9], mark: [1, 2, 3] });
const frame = 0xff090909;

describe('numbers become tiles', () => {
  test('outputs: an image for each channel, one for a sequence, a cell for each number of a vector', () => {
    expect(outputTiles([4, 3, 2], range(24))).toMatchObject({ count: 4, height: 3, width: 2 });
    expect(outputTiles([7, 32], range(224))).toMatchObject({ count: 1, height: 7, width: 32 });
    expect(outputTiles([500], range(500))).toMatchObject({ count: 500, height: 1, width: 1 });
  });

  test('of many images the first are shown, and no filter in part', () => {
    const channels = outputTiles([200, 2, 2], range(800));
    expect(channels.count).toBe(96);
    expect(channels.values).toHaveLength(96 * 4);
    expect(filterTiles([32, 10, 3, 3], range(2880))).toMatchObject({ count: 90, group: 10, width: 3, height: 3 });
  });

  test('weights: a template for each output, or a matrix that is wider than high', () => {
    expect(templateTiles([3, 12], range(36), 4)).toMatchObject({ count: 3, width: 4, height: 3 });
    expect(matrixTiles([2, 3], range(6))).toMatchObject({ count: 1, width: 3, height: 2 });
    const transposed = matrixTiles([3, 2], range(6));
    expect(transposed).toMatchObject({ count: 1, width: 3, height: 2 });
    expect([...transposed.values]).toEqual([0, 2, 4, 1, 3, 5]);
  });
});

describe('tiles in rows', () => {
  const shapes: Tiles[] = [
    outputTiles([10], range(10)), outputTiles([4096], range(4096)), outputTiles([12, 8, 8], range(768)), outputTiles([7, 112], range(784)),
    outputTiles([2000, 3], range(6000)), filterTiles([12, 4, 5, 5], range(1200)), filterTiles([2, 90, 5, 5], range(4500)),
  ];

  test.each([300, 640, 1500])('keep within a room of %i, without lying on one another', (room) => {
    for (const tiles of shapes) {
      const layout = layOut(tiles, room, 16);
      expect(layout.width).toBeLessThanOrEqual(room);
      const seen = new Set<string>();
      for (let i = 0; i < tiles.count; i++) {
        const [x, y] = layout.corner(i);
        expect(x).toBeGreaterThanOrEqual(layout.line);
        expect(x + tiles.width * layout.scale + layout.line).toBeLessThanOrEqual(layout.width);
        expect(y + tiles.height * layout.scale + layout.line).toBeLessThanOrEqual(layout.height);
        seen.add(`${x} ${y}`);
      }
      expect(seen.size).toBe(tiles.count);
    }
  });

  test('those of one filter stay in one row', () => {
    const tiles = filterTiles([12, 4, 5, 5], range(1200));
    const { corner } = layOut(tiles, 500, 16);
    for (let filter = 0; filter < 12; filter++) expect(new Set([0, 1, 2, 3].map((i) => corner(4 * filter + i)[1])).size).toBe(1);
    // More room between filters than within one.
    expect(corner(4)[0] - corner(3)[0]).toBeGreaterThan(corner(3)[0] - corner(2)[0]);
  });
});

test('the colour of a number is its sign, and its opacity its size', () => {
  const tiles = outputTiles([3, 1, 2], Float32Array.of(-2, 0, 1, 2, NaN, Infinity));
  const layout = layOut(tiles, 200, 16);
  const pixels = paint(tiles, layout, palette, { reach: 2, marked: 1 });
  expect(pixels).toHaveLength(layout.width * layout.height);
  const at = (tile: number, column: number, dx = 0, dy = 0) => {
    const [x, y] = layout.corner(tile);
    return pixels[(y + dy) * layout.width + x + column * layout.scale + dx];
  };
  const full = layout.scale - 1;
  for (const [dx, dy] of [[0, 0], [full, full]]) {
    expect(at(0, 0, dx, dy)).toBe(0xff0080ff);
    expect(at(0, 1, dx, dy)! >>> 24).toBe(0);
    expect(at(1, 0, dx, dy)).toBe(0x80ff4000);
    expect(at(1, 1, dx, dy)).toBe(0xffff4000);
    expect(at(2, 0, dx, dy)).toBe(0);
    expect(at(2, 1, dx, dy)).toBe(0xffff4000);
  }
  expect(at(0, 0, -1)).toBe(frame);
  expect(at(0, 0, 0, -1)).toBe(frame);
  expect(at(0, 1, 0, layout.scale)).toBe(frame);
  expect(at(1, 0, -1)).toBe(0xff030201);
});

describe('many numbers are summed up', () => {
  test('the least, the greatest and the zeros, without what is not finite', () => {
    expect(summarize([0, -3, 2, NaN, Infinity, 0])).toEqual({ least: -3, greatest: 2, reach: 3, zeros: 2, top: 2 });
    expect(summarize([0, 0]).reach).toBe(1);
    expect(summarize([NaN]).least).toBeNaN();
  });

  test('where most of them are', () => {
    const histogram = { low: -1, high: 1, counts: [0, 1, 8, 1, 0] };
    expect(middleOf(histogram, 1)).toEqual([expect.closeTo(-0.6), expect.closeTo(0.6)]);
    expect(middleOf(histogram, 0.7)).toEqual([expect.closeTo(-0.2), expect.closeTo(0.2)]);
    expect(outlineOf({ ...histogram, counts: [0, 4, 2] }, 8)).toBe('M0,8V8.00H1V0.00H2V4.00H3V8Z');
  });

  test('powers of ten around gradients', () => {
    expect(decadesAround([0.02, 3])).toEqual([-2, 1]);
    expect(decadesAround([1e-9, 3])).toEqual([-9, 1]);
    expect(decadesAround([0.5])).toEqual([-3, 0]);
    expect(decadesAround([0, NaN])).toEqual([-3, 0]);
    expect(shareOfDecades(0.1, [-2, 0])).toBeCloseTo(0.5);
    expect(shareOfDecades(0, [-2, 0])).toBe(0);
    expect(shareOfDecades(Infinity, [-2, 0])).toBe(1);
  });
});

describe('the plane', () => {
  const boundary = { run: 1, step: 1, size: 2, low: -1, high: 1, classes: Uint8Array.of(0, 0, 1, 0), certainty: Uint8Array.of(255, 128, 255, 255) };

  test('has shares, and points in the regions of their class or not', () => {
    expect(sharesOf(boundary, 3)).toEqual([0.75, 0.25, 0]);
    // Only the point (-1, 1) of the grid is of class 1.
    const points = { values: Float32Array.of(-0.9, 0.9, -0.9, -0.9, 0.1, 0.2, 5, 0), labels: Uint8Array.of(1, 1, 0, 0) };
    expect(countPoints(boundary, points)).toEqual({ inside: 3, right: 2 });
  });

  test('is drawn with its highest row first, and faint where the model only guesses', () => {
    const pixels = regionPixels(boundary, 2, [[255, 0, 0], [0, 0, 255]]);
    expect(pixels[0]! & 0xffffff).toBe(0xff0000);
    expect([1, 2, 3].map((i) => pixels[i]! & 0xffffff)).toEqual([0xff, 0xff, 0xff]);
    expect(pixels[3]! >>> 24).toBeLessThan(pixels[2]! >>> 24);
  });
});
