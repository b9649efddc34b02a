import { TrainingThread } from 'toydl/training/thread';
import { inWorker, onPage } from 'toydl/training/ways';

/** Where this page trains: a worker with every engine, or else the page itself. */
export const pageThread = (): TrainingThread => new TrainingThread([
  inWorker(() => new Worker(new URL('../../wasm/src/training/worker.ts', import.meta.url), { type: 'module' })),
  onPage(),
]);
