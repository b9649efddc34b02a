// The same in a thread of its own, which keeps nothing else waiting.
import { Worker } from 'node:worker_threads';

new Worker(new URL('./index.js', import.meta.url));
