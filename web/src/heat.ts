/**
 * Numbers as pictures: which images they make, how those lie beside one another, and their pixels. The colour of a pixel says the sign
 * of a number, and its opacity how far that is from 0: where it is 0 the page shines through.
 */
import { pixelOf, type Rgb } from './colours.js';

/** `count` images of `width` × `height` numbers, one after another, each row after row. A vector is so many images of 1 × 1. */
export interface Tiles {
  values: Float32Array;
  count: number;
  width: number;
  height: number;
  /** So many that follow one another belong together, and stay in one row if they can. */
  group: number;
}

/** Nobody looks at more images than this. */
const mostImages = 96;

/** The output of a layer for one sample: [channels, height, width], [time, features] or [features]. */
export function outputTiles(shape: readonly number[], values: Float32Array): Tiles {
  const [height, width] = shape.length === 1 ? [1, 1] : (shape.slice(-2) as [number, number]);
  const tiles = { values, count: values.length / (width * height), width, height, group: 1 };
  return width * height === 1 ? tiles : theFirst(tiles);
}

/** Filters [out, in, height, width]; those of one output belong together. */
export function filterTiles([, inputs, height, width]: readonly [number, number, number, number], values: Float32Array): Tiles {
  return theFirst({ values, count: values.length / (width * height), width, height, group: inputs });
}

/** Weights [out, in] on the pixels of an image: an image for each output. */
export function templateTiles([outputs, inputs]: readonly [number, number], values: Float32Array, width: number): Tiles {
  return theFirst({ values, count: outputs, width, height: inputs / width, group: 1 });
}

/** Weights [out, in] on anything else, in one image that is wider than high: with a column for each output, or else a row. */
export function matrixTiles([outputs, inputs]: readonly [number, number], values: Float32Array): Tiles {
  if (outputs < inputs) return { values, count: 1, width: inputs, height: outputs, group: 1 };
  const transposed = new Float32Array(values.length);
  values.forEach((value, i) => (transposed[(i % inputs) * outputs + Math.floor(i / inputs)] = value));
  return { values: transposed, count: 1, width: outputs, height: inputs, group: 1 };
}

function theFirst(tiles: Tiles): Tiles {
  const count = Math.min(tiles.count, tiles.group * Math.max(1, Math.floor(mostImages / tiles.group)));
  return { ...tiles, count, values: tiles.values.subarray(0, count * tiles.width * tiles.height) };
}

/** Where tiles lie, in the pixels of a canvas. */
export interface Layout {
  width: number;
  height: number;
  /** Pixels for each number, in both directions. */
  scale: number;
  /** Thickness of the frame around each tile. */
  line: number;
  tilesInRow: number;
  /** The upper left corner of a tile, within its frame. */
  corner: (index: number) => [x: number, y: number];
}

/** Tiles in rows within `room` pixels, as large as they can be seen well. @param em the size of text */
export function layOut({ count, width, height, group }: Tiles, room: number, em: number): Layout {
  const line = Math.max(1, Math.round(em / 16));
  const isVector = width * height === 1;
  const gap = isVector ? line : Math.max(2 * line, Math.round(em / 4));
  const inner = room - 2 * line;
  // In all about as high as six lines of text; no number larger than a letter, and no image too small to be seen.
  const wanted = Math.min(Math.sqrt((room * 6 * em) / (count * width * height)), em, (6 * em) / height);
  const least = isVector ? em / 3 : Math.min((3.5 * em) / Math.max(width, height), em / 2);
  const scale = Math.max(1, Math.min(Math.ceil(Math.max(wanted, least)), Math.floor(inner / width)));

  const pitch = { x: width * scale + gap, y: height * scale + gap };
  const together = group * pitch.x - gap <= inner ? group : 1;
  const between = together > 1 ? 3 * gap : gap;
  const groupPitch = together * pitch.x - gap + between;
  const groupsInRow = Math.max(1, Math.floor((inner + between) / groupPitch));
  const corner = (index: number): [number, number] => {
    const place = Math.floor(index / together);
    return [line + (place % groupsInRow) * groupPitch + (index % together) * pitch.x, line + Math.floor(place / groupsInRow) * pitch.y];
  };
  const tilesInRow = Math.min(count, groupsInRow * together);
  const [right] = corner(tilesInRow - 1);
  const [, bottom] = corner(count - 1);
  return { width: right + width * scale + line, height: bottom + height * scale + line, scale, line, tilesInRow, corner };
}

const levels = 255;

/** The colours of numbers, and of what is around them. */
export class Palette {
  /** From the least number to the greatest, with 0 in the middle. */
  readonly #colours: Uint32Array;
  readonly line: number;
  readonly mark: number;

  constructor({ negative, positive, line, mark }: Record<'negative' | 'positive' | 'line' | 'mark', Rgb>) {
    this.#colours = Uint32Array.from({ length: 2 * levels + 1 }, (_, i) => pixelOf(i < levels ? negative : positive, Math.abs(i - levels)));
    this.line = pixelOf(line, 255);
    this.mark = pixelOf(mark, 255);
  }

  /** @param share the number, as a share of the one farthest from 0 */
  colour(share: number): number {
    return this.#colours[Math.round(levels * (1 + Math.max(-1, Math.min(share, 1))))] ?? 0;
  }
}

/**
 * The pixels of a picture, as those of an ImageData. A line of pixels that is like the one above is copied: there are a few of each.
 * @param reach what is that far from 0 has the full colour
 * @param marked the tile with a frame that is seen
 */
export function paint(tiles: Tiles, layout: Layout, palette: Palette, { reach, marked }: { reach: number; marked?: number }): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(layout.width * layout.height);
  const { scale, line, tilesInRow } = layout;
  const width = tiles.width * scale;
  const lineAt = (y: number) => pixels.subarray(y * layout.width, (y + 1) * layout.width);
  const repeat = (source: Uint32Array, y: number, times: number) => {
    for (let i = 0; i < times; i++) pixels.set(source, (y + i) * layout.width);
  };
  for (let first = 0; first < tiles.count; first += tilesInRow) {
    const row = Array.from({ length: Math.min(tilesInRow, tiles.count - first) }, (_, i) => first + i)
      .map((tile) => ({ tile, left: layout.corner(tile)[0], frame: tile === marked ? palette.mark : palette.line }));
    const [, top] = layout.corner(first);
    const edge = lineAt(top - line);
    for (const { left, frame } of row) edge.fill(frame, left - line, left + width + line);
    repeat(edge, top - line + 1, line - 1);
    repeat(edge, top + tiles.height * scale, line);
    for (let y = 0; y < tiles.height; y++) {
      const numbers = lineAt(top + y * scale);
      for (const { tile, left, frame } of row) {
        numbers.fill(frame, left - line, left + width + line);
        const start = (tile * tiles.height + y) * tiles.width;
        for (let x = 0, at = left; x < tiles.width; x++) {
          const colour = palette.colour(tiles.values[start + x]! / reach);
          for (const end = at + scale; at < end; at++) numbers[at] = colour;
        }
      }
      repeat(numbers, top + y * scale + 1, scale - 1);
    }
  }
  return pixels;
}
