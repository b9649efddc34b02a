// Puts files of the cache where a build wants them.
import { copyFileSync, linkSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from './paths.mjs';

/** Makes `target` hold the same files as the flat folder `source`: links where the file system allows, else copies. */
export function placeFiles(source, target) {
  rmSync(target, { recursive: true, force: true });
  ensureFolder(target);
  for (const name of readdirSync(source)) {
    try {
      linkSync(join(source, name), join(target, name));
    } catch {
      copyFileSync(join(source, name), join(target, name));
    }
  }
}
