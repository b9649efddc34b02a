// Digits of MNIST as somebody would draw them: the middle lines of their ink, as strokes of a pen.

export interface Point {
  x: number;
  y: number;
}

const side = 28;
/** Thinning sees smoother shapes when pixels are finer: each becomes so many in a row. */
const finer = 4;
const fineSide = side * finer;
/** Ink from here on counts. */
const threshold = 110;
/** A branch shorter than so many pixels of MNIST is no stroke: thinning leaves such hairs on thick ink. */
const shortest = 2;

/** The strokes of an image of 28 × 28 pixels (ink 0 to 255), longest first, in sides of the image: 0 to 1. */
export function strokesOf(pixels: ArrayLike<number>): Point[][] {
  return traced(thinned(enlarged(pixels))).map((path) => smoothed(path).map(({ x, y }) => ({ x: (x + 0.5) / fineSide, y: (y + 0.5) / fineSide })));
}

type Bitmap = Uint8Array;

/** Finer pixels, with bilinear interpolation between the middles of the given ones; 1 where there is ink. */
function enlarged(pixels: ArrayLike<number>): Bitmap {
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= side || y >= side ? 0 : pixels[y * side + x]!);
  return Uint8Array.from({ length: fineSide * fineSide }, (_, i) => {
    const [x, y] = [((i % fineSide) + 0.5) / finer - 0.5, (Math.floor(i / fineSide) + 0.5) / finer - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    const ink = (1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) + v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1));
    return Number(ink >= threshold);
  });
}

/** The eight neighbours of a pixel, clockwise from the one above. */
const around = [[0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1]] as const;

/** Zhang and Suen's thinning: takes away pixels of the border, from two sides in turn, until lines one pixel wide are left. */
function thinned(bitmap: Bitmap): Bitmap {
  const thin = bitmap.slice();
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= fineSide || y >= fineSide ? 0 : thin[y * fineSide + x]!);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [one, two] of [[[0, 2, 4], [2, 4, 6]], [[0, 2, 6], [0, 4, 6]]] as const) {
      const border: number[] = [];
      for (let i = 0; i < thin.length; i++) {
        if (!thin[i]) continue;
        const near = around.map(([dx, dy]) => at((i % fineSide) + dx, Math.floor(i / fineSide) + dy));
        const count = near.reduce((sum, value) => sum + value);
        const rises = near.filter((value, k) => !value && near[(k + 1) % 8]).length;
        const some = (places: readonly number[]) => places.some((k) => !near[k]);
        if (count >= 2 && count <= 6 && rises === 1 && some(one) && some(two)) border.push(i);
      }
      for (const i of border) thin[i] = 0;
      changed ||= border.length > 0;
    }
  }
  return thin;
}

/** The lines of a thinned bitmap as paths: the longest first, then what branches off. Dots are paths of one pixel. */
function traced(thin: Bitmap): Point[][] {
  const left = new Set<number>();
  thin.forEach((value, i) => value && left.add(i));
  const done = new Set<number>();
  const paths: number[][] = [];
  while (left.size > 0) {
    const way = longestWay(left);
    // A branch begins, and a loop also ends, on what is drawn already.
    const before = neighbours(way[0]!, done).slice(0, 1);
    const after = way.length > 1 ? neighbours(way.at(-1)!, done).slice(0, 1) : [];
    const isBranch = before.length + after.length > 0;
    if (!isBranch || way.length >= shortest * finer) paths.push([...before, ...way, ...after]);
    for (const i of way) {
      left.delete(i);
      done.add(i);
    }
  }
  return paths.map((path) => path.map((i) => ({ x: i % fineSide, y: Math.floor(i / fineSide) })));
}

/** The longest of the shortest ways between pixels: in each connected part, from any pixel to the farthest one, and from there again. */
function longestWay(pixels: Set<number>): number[] {
  const seen = new Set<number>();
  let longest: number[] = [];
  for (const start of pixels) {
    if (seen.has(start)) continue;
    const { reached, way: toEnd } = farthest(start, pixels);
    for (const i of reached) seen.add(i);
    const { way } = farthest(toEnd.at(-1)!, pixels);
    if (way.length > longest.length) longest = way;
  }
  return longest;
}

function neighbours(i: number, among: Set<number>): number[] {
  return around.map(([dx, dy]) => i + dx + dy * fineSide).filter((j) => among.has(j));
}

/** All pixels that are connected with `start`, and the way to the last of them that a search in breadth finds. */
function farthest(start: number, among: Set<number>): { reached: Iterable<number>; way: number[] } {
  const from = new Map<number, number | undefined>([[start, undefined]]);
  let last = start;
  for (const [i] of from) {
    last = i;
    for (const j of neighbours(i, among)) if (!from.has(j)) from.set(j, i);
  }
  const way: number[] = [];
  for (let i: number | undefined = last; i !== undefined; i = from.get(i)) way.unshift(i);
  return { reached: from.keys(), way };
}

/** Every sixth point of the path, each the mean of itself and those around; the ends stay. */
function smoothed(path: Point[]): Point[] {
  const reach = 4;
  return path
    .map((_, i) => {
      const r = Math.min(reach, i, path.length - 1 - i);
      const some = path.slice(i - r, i + r + 1);
      return { x: some.reduce((sum, { x }) => sum + x, 0) / some.length, y: some.reduce((sum, { y }) => sum + y, 0) / some.length };
    })
    .filter((_, i) => i % 6 === 0 || i === path.length - 1);
}
