/** One of those that would like to train. */
export interface TurnTaker {
  /** It is its turn, or no longer. */
  onTurn(): void;
}

/** Who trains, where several want to: one at a time, of those that want to the one that began last. */
export class Turns {
  readonly #wanting = new Set<TurnTaker>();
  readonly #begun = new WeakMap<TurnTaker, number>();
  #beginnings = 0;

  /** Somebody has it begin, which puts it before all others. */
  begin(taker: TurnTaker): void {
    this.#change(() => this.#begun.set(taker, ++this.#beginnings));
  }

  /** Whether it would train now, if it could. */
  want(taker: TurnTaker, wants: boolean): void {
    if (wants === this.#wanting.has(taker)) return;
    this.#change(() => (wants ? this.#wanting.add(taker) : this.#wanting.delete(taker)));
  }

  has(taker: TurnTaker): boolean {
    return this.#holder === taker;
  }

  get #holder(): TurnTaker | undefined {
    const when = (taker: TurnTaker) => this.#begun.get(taker) ?? 0;
    return [...this.#wanting].sort((a, b) => when(b) - when(a))[0];
  }

  #change(act: () => void): void {
    const before = this.#holder;
    act();
    const after = this.#holder;
    if (before === after) return;
    before?.onTurn();
    after?.onTurn();
  }
}
