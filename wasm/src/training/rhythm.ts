/** Things that are done every so often, each with its own interval in milliseconds. */
export class Rhythm<Work extends string> {
  readonly #everyMs: Readonly<Record<Work, number>>;
  /** When the next of each may be done; at once if it is not here. */
  readonly #next = new Map<Work, number>();

  constructor(everyMs: Readonly<Record<Work, number>>) {
    this.#everyMs = everyMs;
  }

  /** Whether it is time for it; then it is taken as done. */
  isTimeFor(work: Work): boolean {
    if (performance.now() < (this.#next.get(work) ?? 0)) return false;
    this.wait(work, this.#everyMs[work]);
    return true;
  }

  /** Not before so many milliseconds from now. */
  wait(work: Work, ms: number): void {
    this.#next.set(work, performance.now() + ms);
  }
}
