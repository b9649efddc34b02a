import { tableData } from './csv';
import { decodeImage } from './decode-image';
import { pictureData } from './images';
import { OwnDataError, type Message, type OwnData } from './own-data';
import { unreadable, type ReadAnswer, type ReadRequest } from './read-request';

// Reads what a message brings, and ends with an answer to it.

const progressEveryMs = 100;

const post = (answer: ReadAnswer, transfer: Transferable[] = []) => postMessage(answer, { transfer });

let saidAt = -Infinity;
function sayProgress(done: number, total: number): void {
  if (performance.now() - saidAt < progressEveryMs) return;
  saidAt = performance.now();
  post({ type: 'progress', done, total });
}

const read = (request: ReadRequest): Promise<OwnData> =>
  request.kind === 'table' ? tableData(request.file) : pictureData(request.pictures, decodeImage, sayProgress);

onmessage = async ({ data: request }: MessageEvent<ReadRequest>) => {
  try {
    const data = await read(request);
    post({ type: 'data', data }, [data.train.x.buffer, data.test.x.buffer]);
  } catch (error) {
    const { code, values, problems } = error instanceof OwnDataError ? error : unreadable(request);
    post({ type: 'refused', reason: { code, values } as Message, problems });
  }
};
