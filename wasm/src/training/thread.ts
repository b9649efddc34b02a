import { ToydlError } from '../errors.js';

/** Where training is done. */
export type Place = 'worker' | 'page';

/** A place that is there. */
export interface Opened {
  place: Place;
  /** A port to a session of its own. */
  connect(): MessagePort;
  close(): void;
}

/** Opens a place, or says by an error that it cannot be had. `onError` is called if it breaks later. */
export type Way = (onError: () => void) => Promise<Opened>;

/** One that trains in a place with others. */
export interface Member {
  /** Here is a port, the first one or that of another place. */
  onPort(port: MessagePort, place: Place): void;
  /** The place is gone, and with it the port; another one will come. */
  onGone(): void;
  /** There is no place. */
  onNowhere(error: ToydlError): void;
}

/** One place in which all its members train: opened for the first, closed after the last, and replaced if it dies. */
export class TrainingThread {
  readonly #ways: readonly Way[];
  readonly #members = new Set<Member>();
  #opened?: Promise<Opened | undefined>;

  /** @param ways the best first; the next is tried where one cannot be had */
  constructor(ways: readonly Way[]) {
    this.#ways = ways;
  }

  join(member: Member): void {
    this.#members.add(member);
    const opened = (this.#opened ??= this.#open());
    void this.#introduce(member, opened);
  }

  leave(member: Member): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#close();
  }

  /** Another place for all: this one says nothing any more. */
  replace(): void {
    this.#close();
    const opened = (this.#opened = this.#open());
    for (const member of [...this.#members]) {
      member.onGone();
      void this.#introduce(member, opened);
    }
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    void opened?.then((place) => place?.close());
  }

  async #introduce(member: Member, opened: Promise<Opened | undefined>): Promise<void> {
    const place = await opened;
    // Meanwhile it may have left, or all may have moved.
    if (opened !== this.#opened || !this.#members.has(member)) return;
    if (place) member.onPort(place.connect(), place.place);
    else member.onNowhere(new ToydlError('worker', 'No worker can be started here, and training on the page’s own thread failed too. Reload the page.'));
  }

  #open(): Promise<Opened | undefined> {
    const opened: Promise<Opened | undefined> = firstOf(this.#ways, () => {
      if (this.#opened === opened) this.replace();
    });
    return opened;
  }
}

/** The place that can be had by the first of the ways that leads to one. */
async function firstOf(ways: readonly Way[], onError: () => void): Promise<Opened | undefined> {
  for (const way of ways) {
    try {
      return await way(onError);
    } catch {
      // The next way.
    }
  }
  return undefined;
}
