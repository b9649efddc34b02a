import type { Wasm } from '../engine.js';
import { startAlone } from '../engine-alone.js';
import { TrainingHost } from './host.js';

// Training in a worker that is a single script, of whatever kind and wherever it comes from. It is told where the engine is, then it
// gets a port for each client.

let tellWasm: (wasm: Wasm) => void;
const wasm = new Promise<Wasm>((resolve) => (tellWasm = resolve));

const host = new TrainingHost(async () => startAlone(await wasm));
onmessage = ({ data }: MessageEvent<{ wasm: Wasm } | { port: MessagePort }>) => ('wasm' in data ? tellWasm(data.wasm) : host.open(data.port));
postMessage('alive');
