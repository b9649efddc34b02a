import type { ByteImage } from './preprocess.js';

/** A point of a stroke, in sides of the pad: (0, 0) is its upper left corner, (1, 1) its lower right one. */
export interface Point {
  x: number;
  y: number;
  /** How wide the stroke is here. */
  width: number;
}

/** Where the pen went between down and up. */
export type Stroke = readonly Point[];

/** A straight piece of a stroke, round at both ends; a dot if they are the same. */
export interface Segment {
  from: Point;
  to: Point;
  width: number;
}

/** A stroke as it is drawn: smoothed, in straight pieces. */
export function segments(stroke: Stroke): Segment[] {
  const points = smooth(smooth(stroke));
  if (points.length === 1) return [{ from: points[0]!, to: points[0]!, width: points[0]!.width }];
  return points.slice(1).map((to, i) => ({ from: points[i]!, to, width: (points[i]!.width + to.width) / 2 }));
}

/** Chaikin's corner cutting: repeated, it tends to a quadratic B-spline. The ends stay. */
function smooth(stroke: Stroke): Stroke {
  if (stroke.length < 3) return stroke;
  const between = (a: number, b: number, t: number) => a + t * (b - a);
  const mix = (a: Point, b: Point, t: number): Point => ({ x: between(a.x, b.x, t), y: between(a.y, b.y, t), width: between(a.width, b.width, t) });
  const corners = stroke.slice(1).flatMap((point, i) => [mix(stroke[i]!, point, 0.25), mix(stroke[i]!, point, 0.75)]);
  return [stroke[0]!, ...corners, stroke.at(-1)!];
}

/**
 * The strokes as a square image of ink 0 to 255. Plain arithmetic rather than a canvas, so that it is the same in every browser
 * and on every screen.
 * @param size pixels of a side
 */
export function rasterise(strokes: readonly Stroke[], size: number): ByteImage {
  const pixels = new Uint8Array(size * size);
  for (const { from, to, width } of strokes.flatMap(segments)) {
    const radius = (width * size) / 2;
    const [ax, ay] = [from.x * size, from.y * size];
    const [dx, dy] = [to.x * size - ax, to.y * size - ay];
    const squaredLength = dx * dx + dy * dy;
    const first = (a: number, d: number) => Math.max(0, Math.floor(Math.min(a, a + d) - radius - 1));
    const last = (a: number, d: number) => Math.min(size - 1, Math.ceil(Math.max(a, a + d) + radius));
    for (let y = first(ay, dy); y <= last(ay, dy); y++) {
      for (let x = first(ax, dx); x <= last(ax, dx); x++) {
        // How far the pixel's middle p is from the segment: from a + t d, where t = (p - a) · d / d², held between its ends.
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
        const t = squaredLength > 0 ? Math.min(Math.max((px * dx + py * dy) / squaredLength, 0), 1) : 0;
        const [ex, ey] = [px - t * dx, py - t * dy];
        const covered = Math.min(Math.max(radius + 0.5 - Math.sqrt(ex * ex + ey * ey), 0), 1);
        const i = y * size + x;
        pixels[i] = Math.max(pixels[i]!, Math.round(255 * covered));
      }
    }
  }
  return { pixels, width: size, height: size };
}
