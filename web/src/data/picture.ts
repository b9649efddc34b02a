/** A picture: red, green, blue and opacity of each pixel, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Width and height of what is learned from, as of MNIST's digits. */
export const side = 28;

/** A grey picture of `side` × `side` bytes: dark background, the whole of the given picture in the middle, its proportions kept. */
export function toGrey28(pixels: Pixels): Uint8Array {
  const grey = greyOf(pixels);
  if (borderMedian(grey, pixels) > 127) grey.forEach((value, i) => (grey[i] = 255 - value));
  return centred(grey, pixels);
}

/** Brightness from 0 to 255. What shows through is white, or black if the picture itself is bright. */
function greyOf({ width, height, data }: Pixels): Float32Array {
  const grey = new Float32Array(width * height);
  let brightness = 0;
  let opacity = 0;
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!;
    brightness += grey[i]! * data[4 * i + 3]!;
    opacity += data[4 * i + 3]!;
  }
  const behind = brightness > 127 * opacity ? 0 : 255;
  return grey.map((value, i) => behind + (value - behind) * (data[4 * i + 3]! / 255));
}

/** The middle one of the values along the four edges: the background's. */
function borderMedian(grey: Float32Array, { width, height }: Pixels): number {
  const border = grey.filter((_, i) => {
    const [column, row] = [i % width, Math.floor(i / width)];
    return column === 0 || column === width - 1 || row === 0 || row === height - 1;
  }).sort();
  return border[Math.floor(border.length / 2)]!;
}

/** Scaled to fit: a pixel is the mean of the area that it covers. What is not covered stays 0. */
function centred(grey: Float32Array, { width, height }: Pixels): Uint8Array {
  const scale = Math.max(width, height) / side;
  const [columns, rows] = [width, height].map((length) => Math.max(1, Math.round(length / scale))) as [number, number];
  const [left, top] = [columns, rows].map((length) => Math.floor((side - length) / 2)) as [number, number];
  const across = shares(width, columns);
  const down = shares(height, rows);
  const result = new Uint8Array(side * side);
  for (const [row, sources] of down.entries()) {
    for (const [column, parts] of across.entries()) {
      let sum = 0;
      for (const { index: y, share: high } of sources) for (const { index: x, share: wide } of parts) sum += high * wide * grey[y * width + x]!;
      result[(top + row) * side + left + column] = Math.round(sum);
    }
  }
  return result;
}

/** For each of `count` equal parts of `length` pixels in a line: which of the pixels it covers, and what share of it each makes. */
function shares(length: number, count: number): { index: number; share: number }[][] {
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [(part * length) / count, ((part + 1) * length) / count];
    const first = Math.floor(from);
    return Array.from({ length: Math.ceil(to) - first }, (_, i) => {
      const index = first + i;
      return { index, share: (Math.min(to, index + 1) - Math.max(from, index)) / (to - from) };
    });
  });
}
