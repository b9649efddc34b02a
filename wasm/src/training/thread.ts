import { ToydlError } from '../errors.js';

/** Where training is done. */
export type Place = 'worker' | 'page';

/** A place that is there. */
export interface Opened {
  place: Place;
  /** A port to a session of its own. */
  connect(): MessagePort;
}

/** Opens a place until the signal closes it, or says by an error that it cannot be had. `onError` is called if it breaks later. */
export type Way = (signal: AbortSignal, onError: () => void) => Promise<Opened>;

/** One that trains in a place with others. */
export interface Member {
  /** Here is a port, the first one or that of another place. */
  onPort(port: MessagePort, place: Place): void;
  /** The place is gone, and with it the port. Another one comes, or `onNowhere`. */
  onGone(): void;
  /** There is no place, and none will come. */
  onNowhere(error: ToydlError): void;
}

/** A place that breaks so soon after it was opened, in milliseconds, and this so often, is none. */
const soon = 60_000;
const mostBreaks = 3;

/** One place in which all its members train: opened for the first, closed after the last, and replaced if it dies. */
export class TrainingThread {
  /** So many pings without a word, and a place is taken for dead; more each time this was perhaps wrong. */
  allowedSilence = 5;
  readonly #ways: readonly Way[];
  readonly #members = new Set<Member>();
  #opened?: Promise<Opened | undefined>;
  #openedAt = 0;
  #breaks = 0;
  /** Closes what is open, or being opened. */
  #life = new AbortController();

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
    if (this.#members.size > 0) return;
    this.#close();
    this.#breaks = 0;
  }

  /** Another place for all: this one says nothing any more. */
  replaceSilent(): void {
    this.allowedSilence *= 2;
    this.#replace();
  }

  #replaceBroken(): void {
    this.#breaks = performance.now() - this.#openedAt < soon ? this.#breaks + 1 : 0;
    this.#replace();
  }

  #replace(): void {
    this.#close();
    const opened = (this.#opened = this.#breaks > mostBreaks ? Promise.resolve(undefined) : this.#open());
    for (const member of [...this.#members]) {
      member.onGone();
      void this.#introduce(member, opened);
    }
  }

  #close(): void {
    this.#opened = undefined;
    this.#life.abort();
    this.#life = new AbortController();
  }

  async #introduce(member: Member, opened: Promise<Opened | undefined>): Promise<void> {
    const place = await opened;
    // Meanwhile it may have left, or all may have moved.
    if (opened !== this.#opened || !this.#members.has(member)) return;
    if (place) return member.onPort(place.connect(), place.place);
    member.onNowhere(new ToydlError('worker', this.#breaks > mostBreaks
      ? 'The training worker breaks again and again. Reload the page; if that does not help, its script is not what it should be.'
      : 'No worker can be started here, and training on the page’s own thread failed too. Reload the page.'));
  }

  #open(): Promise<Opened | undefined> {
    this.#openedAt = performance.now();
    const opened: Promise<Opened | undefined> = firstOf(this.#ways, this.#life.signal, () => {
      if (this.#opened === opened) this.#replaceBroken();
    });
    return opened;
  }
}

/** The place that can be had by the first of the ways that leads to one. */
async function firstOf(ways: readonly Way[], signal: AbortSignal, onError: () => void): Promise<Opened | undefined> {
  for (const way of ways) {
    if (signal.aborted) break;
    try {
      return await way(signal, onError);
    } catch {
      // The next way.
    }
  }
  return undefined;
}
