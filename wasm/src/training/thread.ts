import { wasmFile, workerFile } from '../data/files.js';
import type { Wasm } from '../engine.js';
import { ToydlError } from '../errors.js';

/** Where training is done. */
export type Place = 'worker' | 'page';

/** A place that is there. */
interface Opened {
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
  #current?: Opened;

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

  async #open(): Promise<Opened | undefined> {
    for (const way of this.#ways) {
      try {
        const opened: Opened = await way(() => this.#current === opened && this.replace());
        return (this.#current = opened);
      } catch {
        // The next way.
      }
    }
    return undefined;
  }
}

/**
 * A worker that says that it is alive, and takes a port for each client.
 * @param wasm where its engine is, if it must be told
 */
export const inWorker = (make: () => Worker, wasm?: () => Promise<Wasm>): Way => (onError) =>
  new Promise((resolve, reject) => {
    const worker = make();
    const connect = (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ port: port2 }, [port2]);
      return port1;
    };
    worker.onmessage = () => {
      worker.onmessage = null;
      worker.onerror = (event) => {
        event.preventDefault();
        onError();
      };
      resolve({ place: 'worker', connect, close: () => worker.terminate() });
      void wasm?.().then((it) => worker.postMessage({ wasm: it }));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message || 'it could not be started'));
    };
  });

/** The page's own thread, where no worker may start. Its code is fetched only then. */
export const onPage = (wasm?: () => Promise<Wasm>): Way => async () => {
  const { hostOnPage } = await import('./on-page.js');
  const host = hostOnPage(async () => wasm?.());
  return {
    place: 'page',
    connect() {
      const { port1, port2 } = new MessageChannel();
      host.open(port2);
      return port1;
    },
    // Clients close their ports, and nothing else is held.
    close() {},
  };
};

/** Where the package's files are, if not beside it. */
export interface Places {
  workerUrl?: string | URL | undefined;
  /** The whole script of the worker, if it is at hand. */
  workerText?: string | undefined;
  wasmUrl?: string | URL | undefined;
  wasmBytes?: (() => Promise<ArrayBuffer>) | undefined;
}

const threads = new Map<string, TrainingThread>();

/** The thread of all in this page who name the same places. A worker starts wherever the page lives, or else the page itself trains. */
export function packageThread(places: Places = {}): TrainingThread {
  const { workerUrl, workerText, wasmUrl, wasmBytes } = places;
  const key = JSON.stringify([workerUrl, wasmUrl, workerText !== undefined, wasmBytes !== undefined]);
  const thread = threads.get(key) ?? new TrainingThread(waysTo(places));
  threads.set(key, thread);
  return thread;
}

function waysTo({ workerUrl, workerText, wasmUrl, wasmBytes }: Places): Way[] {
  const wasm = wasmBytes ?? (async () => String(wasmUrl ?? wasmFile()));
  const url = String(workerUrl ?? (workerText === undefined ? workerFile() : ''));
  // `importScripts` asks nobody's leave to take a script from elsewhere, as `new Worker` and modules would.
  const text = workerText ?? `importScripts(${JSON.stringify(url)});`;
  const byUrl = inWorker(() => new Worker(url), wasm);
  const byBlob = inWorker(() => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    // It is needed until the worker has read it, and is not large.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return new Worker(address);
  }, wasm);
  const byData = inWorker(() => new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`), wasm);
  // A sandboxed frame and a file have no origin, and nothing but data: is of it.
  if (self.origin === 'null') return [byData, byBlob, onPage(wasm)];
  const isHere = url !== '' && new URL(url).origin === self.origin;
  return [...(isHere ? [byUrl] : []), byBlob, byData, onPage(wasm)];
}
