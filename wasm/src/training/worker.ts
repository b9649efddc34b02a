import { loadEngine } from '../engines.js';
import { TrainingHost } from './host.js';

// Training in a worker, with any engine. Its first word says that it is alive; then it gets a port for each client.

/** Threads where the page may have them. More than a few have nothing to do with networks that a page trains. */
const most = 4;

const host = new TrainingHost(() => loadEngine({ threads: Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, most) }));
onmessage = ({ data }: MessageEvent<{ port: MessagePort }>) => host.open(data.port);
postMessage('alive');
