import { readWhole } from './read-whole.js';

/** The bytes that gzip made these of, of which there may be so many: a small file can unpack to any size. @throws what the browser says if it did not */
export const gunzip = (bytes: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> =>
  readWhole(new Response(bytes).body!.pipeThrough(new DecompressionStream('gzip')), most);
