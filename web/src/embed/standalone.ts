import { starter, wasm, workerText } from 'toydl:carried';
import { carry } from './carried.js';
import { gunzipped } from './gunzipped.js';

// `<toydl-playground>` in one file, with all that it needs: for a page without a server, a notebook, a frame without an origin.

carry({ workerText, starter, wasmBytes: () => gunzipped(wasm) });

export { ToydlPlayground } from './element.js';
