/** Ink from 0 (none) to 255 (full), row by row from the top. */
export interface GreyImage {
  pixels: Uint8Array | Float32Array;
  width: number;
  height: number;
}

/** One whose ink is whole numbers. */
export interface ByteImage extends GreyImage {
  pixels: Uint8Array;
}

/** A rectangle of whole pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A drawing on its way to the network: each step as it can be shown. */
export interface Preprocessed {
  /** Where in the drawing the ink is. */
  crop: Box;
  /** That part, its longer side 20 pixels. */
  scaled: ByteImage;
  /** What the network reads: 28 × 28 pixels, 0 to 255. `shift` is where the corner of the scaled image has come to lie. */
  placed: ByteImage & { shift: { x: number; y: number } };
}

/** The side of MNIST's images. */
export const fieldSize = 28;
/** The longer side of a digit in them. */
export const digitSize = 20;
/** Their centre of mass, in pixels from the left and from the top. */
const centre = 14;

/**
 * Makes of a drawing what LeCun, Cortes and Burges made of NIST's scans: its ink, scaled to fit a box of 20 × 20 pixels with grey
 * levels from anti-aliasing, and moved by whole pixels until the centre of mass is at the centre of 28 × 28.
 * @returns undefined if there is no ink
 * @throws {RangeError} if there are not width × height pixels
 */
export function preprocess(image: GreyImage): Preprocessed | undefined {
  if (image.pixels.length !== image.width * image.height) {
    throw new RangeError(`An image of ${image.width} × ${image.height} has ${image.width * image.height} pixels, ${image.pixels.length} were given.`);
  }
  const crop = inkBox(image);
  if (!crop) return undefined;
  const scaled = strengthened(resized(image, crop));
  return { crop, scaled, placed: centred(scaled) };
}

/** The smallest box that holds all ink. */
function inkBox({ pixels, width, height }: GreyImage): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(pixels[y * width + x]! > 0)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The part of the image in `box`, its longer side 20 pixels. A pixel is the mean over the area that it covers. */
function resized(image: GreyImage, box: Box): GreyImage {
  const scale = digitSize / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const pixels = new Float32Array(width * height);
  const columns = shares(box.x, box.width, width);
  const rows = shares(box.y, box.height, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const row of rows[y]!) for (const column of columns[x]!) sum += row.share * column.share * image.pixels[row.from * image.width + column.from]!;
      pixels[y * width + x] = sum;
    }
  }
  return { pixels, width, height };
}

/** How `length` pixels from `start` on become `count` ones, along one axis: for each of these, its sources and their shares, which add up to 1. */
function shares(start: number, length: number, count: number): { from: number; share: number }[][] {
  return Array.from({ length: count }, (_, i) => {
    const [low, high] = [(i * length) / count, ((i + 1) * length) / count];
    const sources = [];
    for (let from = Math.floor(low); from < Math.ceil(high); from++) {
      const overlap = Math.min(high, from + 1) - Math.max(low, from);
      if (overlap > 0) sources.push({ from: start + from, share: overlap / (high - low) });
    }
    return sources;
  });
}

/** Full ink where there is most: a line thinner than a pixel turned grey in the mean. */
function strengthened({ pixels, width, height }: GreyImage): ByteImage {
  const most = Math.max(...pixels);
  return { pixels: Uint8Array.from(pixels, (ink) => Math.round((255 * ink) / most)), width, height };
}

/** The image in a field of 28 × 28, its centre of mass as near to the middle as whole pixels allow, and never over the edge. */
function centred({ pixels, width, height }: ByteImage): Preprocessed['placed'] {
  let [mass, sumX, sumY] = [0, 0, 0];
  pixels.forEach((ink, i) => {
    mass += ink;
    sumX += ink * (i % width);
    sumY += ink * Math.floor(i / width);
  });
  // Half a pixel is rounded down: what is symmetric gets the same margin on both sides.
  const place = (mean: number, size: number) => Math.min(Math.max(Math.ceil(centre - mean - 0.5), 0), fieldSize - size);
  const shift = { x: place(sumX / mass, width), y: place(sumY / mass, height) };
  const field = new Uint8Array(fieldSize * fieldSize);
  pixels.forEach((ink, i) => (field[(shift.y + Math.floor(i / width)) * fieldSize + shift.x + (i % width)] = ink));
  return { pixels: field, width: fieldSize, height: fieldSize, shift };
}
