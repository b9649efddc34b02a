import { OwnDataError, type OwnData } from './own-data';
import { unreadable, type ReadAnswer, type ReadRequest } from './read-request';

/**
 * Reads files in a worker, so that nothing waits for a large table. Ends at once, with the signal's reason, if it is aborted.
 * @param onProgress is told now and then how many of the pictures have been read
 * @throws {OwnDataError} that says why they cannot be learned from
 */
export function readOwnData(
  request: ReadRequest, { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
): Promise<OwnData> {
  const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<OwnData>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    worker.onerror = () => reject(unreadable(request));
    worker.onmessage = ({ data: said }: MessageEvent<ReadAnswer>) => {
      if (said.type === 'progress') onProgress(said.done, said.total);
      else if (said.type === 'data') resolve(said.data);
      else reject(new OwnDataError(said.reason.code, said.reason.values, said.problems));
    };
    worker.postMessage(request);
  });
  return answer.finally(() => worker.terminate());
}
