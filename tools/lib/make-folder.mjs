// Folders that are either whole or not there: made beside their place, then renamed into it.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './processes.mjs';

/** Lets `make` fill an empty folder and puts it at `target`, in place of what was there. */
export async function makeFolder(target, make) {
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(target);
  const unfinished = `${target}.making-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  try {
    await make(unfinished);
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}

/** What runs that were killed left behind. Something may still be writing there: then a later run removes it. */
function removeLeftovers(target) {
  const prefix = `${basename(target)}.making-`;
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    try {
      rmSync(join(dirname(target), name), { recursive: true, force: true });
    } catch {
      // In use.
    }
  }
}
