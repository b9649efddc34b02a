import { ToydlError } from '../errors.js';
import { readWhole } from './read-whole.js';

/** Waits between attempts. */
const pausesMs = [300, 1200];

/**
 * Fetches a file whole, again if that fails; `file:` addresses too, in Node.
 * @param most how many bytes it may have
 * @param onBytes is told how many bytes of the attempt under way have arrived
 * @throws {ToydlError} `load` that names the address and what happened
 */
export async function fetchBytes(url: URL, most: number, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  for (const pause of pausesMs) {
    try {
      return await attempt(url, most, onBytes);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  try {
    return await attempt(url, most, onBytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ToydlError('load', `${url.href} could not be loaded: ${reason}.`, { cause });
  }
}

async function attempt(url: URL, most: number, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === 'file:') {
    const fileSystem = 'node:fs/promises';  // in a variable, so that no bundler looks for it
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ fileSystem);
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  return readWhole(response.body, most, onBytes);
}
