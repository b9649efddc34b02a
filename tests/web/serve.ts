import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Record<string, string> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm',
};

export const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/**
 * A plain static host, as anybody has one: no special headers, and the folder lies under some path.
 * @param folder in dist/, or an absolute one
 * @param prefix the path
 * @param fails says which requests are answered with an error
 * @param isolated adds the headers that let a page have threads
 * @param more further headers, of every answer
 * @param pages pages by their names, beside what is in the folder
 */
export async function serve(folder: string, {
  prefix = '/some/path/', fails = (_path: string) => false, isolated = false, more = {} as Record<string, string>, pages = {} as Record<string, string>,
} = {}) {
  const headers = { ...(isolated && { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }), ...more };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    try {
      if (!path.startsWith(prefix) || path.includes('..') || fails(path)) throw new Error('not here');
      const file = path.slice(prefix.length) || 'index.html';
      const body = pages[file] ?? (await readFile(resolve(dist, folder, file)));
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, url: origin + prefix, close: () => server.close() };
}
