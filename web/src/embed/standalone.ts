import { starter, wasm, workerText } from 'toydl:carried';
import { gunzip } from 'toydl/data/gunzip';
import { carry } from './carried.js';
import { createPlayer } from './player.js';
import { definePlayground } from './playground.js';

// `<toydl-playground>` in one file, with all that it needs: for a page without a server, a notebook, a frame without an origin.

carry({ workerText, starter, wasmBytes: async () => (await gunzip(wasm, Infinity)).buffer });
definePlayground(async () => ({ createPlayer }));

export { ToydlPlayground } from './playground.js';
/** For tag.js, whose elements become this. */
export { createPlayer };
