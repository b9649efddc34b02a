import { ToydlError } from '../errors.js';

/** Waits between attempts. */
const pausesMs = [300, 1200];

/**
 * Fetches a file whole, again if that fails; `file:` addresses too, in Node.
 * @param onBytes is told how many bytes of the attempt under way have arrived
 * @throws {ToydlError} `load` that names the address and what happened
 */
export async function fetchBytes(url: URL, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  for (const pause of pausesMs) {
    try {
      return await attempt(url, onBytes);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  try {
    return await attempt(url, onBytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ToydlError('load', `${url.href} could not be loaded: ${reason}.`, { cause });
  }
}

async function attempt(url: URL, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === 'file:') {
    const fileSystem = 'node:fs/promises';  // in a variable, so that no bundler looks for it
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ fileSystem);
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    received += next.value.length;
    onBytes?.(received);
  }
  const bytes = new Uint8Array(received);
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
