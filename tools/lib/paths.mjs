// Where things are: the clone, and the cache that all clones of a user share.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const inRoot = (...parts) => join(root, ...parts);

export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(resolve(base), 'toydl');
}

export const inCache = (...parts) => join(cacheFolder(), ...parts);

export function ensureFolder(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}
