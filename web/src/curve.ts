const maxPoints = 1200;

/** Where a curve runs. */
export interface Points {
  xs: number[];
  ys: number[];
}

/**
 * A curve that never holds more than `maxPoints` points, however long the run: when it is full, neighbours are averaged,
 * and from then on each point is the mean of twice as many samples.
 */
export class Curve implements Points {
  xs: number[] = [];
  ys: number[] = [];
  #samplesPerPoint = 1;
  #pending = { count: 0, x: 0, y: 0 };

  add(x: number, y: number): void {
    const pending = this.#pending;
    pending.count++;
    pending.x = x;
    pending.y += y;
    if (pending.count < this.#samplesPerPoint) return;
    this.xs.push(pending.x);
    this.ys.push(pending.y / pending.count);
    this.#pending = { count: 0, x: 0, y: 0 };
    if (this.xs.length >= maxPoints) this.#halve();
  }

  /** Everything, as plain data. */
  toJSON(): { xs: number[]; ys: number[]; samplesPerPoint: number } {
    return { xs: this.xs, ys: this.ys, samplesPerPoint: this.#samplesPerPoint };
  }

  restore({ xs, ys, samplesPerPoint }: ReturnType<Curve['toJSON']>): void {
    this.xs = xs;
    this.ys = ys;
    this.#samplesPerPoint = samplesPerPoint;
  }

  /** Forgets what came after x: the run went back to there. */
  cutAfter(x: number): void {
    const end = this.xs.findIndex((value) => value > x);
    if (end >= 0) [this.xs, this.ys] = [this.xs.slice(0, end), this.ys.slice(0, end)];
    this.#pending = { count: 0, x: 0, y: 0 };
  }

  #halve(): void {
    Object.assign(this, halved(this));
    this.#samplesPerPoint *= 2;
  }
}

/** The same curve with neighbours averaged, until it has less than so many points. */
export const coarse = (points: Points, least: number): Points => (points.xs.length < least ? points : coarse(halved(points), least));

/** A merged point stands where its later half stood, so that the curve keeps its end. */
function halved({ xs, ys }: Points): Points {
  const half = xs.length >> 1;
  return {
    xs: Array.from({ length: half }, (_, i) => xs[2 * i + 1]!),
    ys: Array.from({ length: half }, (_, i) => (ys[2 * i]! + ys[2 * i + 1]!) / 2),
  };
}
