import { wasmFile, workerFile } from '../data/files.js';
import { TrainingThread, type Way } from './thread.js';
import { inWorker, onPage } from './ways.js';

/** Where the package's files are, if not beside it. */
export interface Places {
  workerUrl?: string | URL | undefined;
  /** The whole script of the worker, if it is at hand. */
  workerText?: string | undefined;
  wasmUrl?: string | URL | undefined;
  wasmBytes?: (() => Promise<ArrayBuffer>) | undefined;
}

const known: { places: Places; thread: TrainingThread }[] = [];

/** The thread of all in this page who name the same places. A worker starts wherever the page lives, or else the page itself trains. */
export function packageThread(places: Places = {}): TrainingThread {
  const { thread } = known.find((it) => isSame(it.places, places)) ?? {};
  if (thread) return thread;
  const made = new TrainingThread(waysTo(places));
  known.push({ places, thread: made });
  return made;
}

const isSame = (a: Places, b: Places): boolean =>
  a.workerText === b.workerText && a.wasmBytes === b.wasmBytes && String(a.workerUrl) === String(b.workerUrl) && String(a.wasmUrl) === String(b.wasmUrl);

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
