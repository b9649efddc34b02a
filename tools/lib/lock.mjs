// One run at a time. The lock is a file that names its owner; the lock of a dead owner is taken over.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureFolder } from './paths.mjs';
import { isAlive, startTime } from './processes.mjs';

const me = `${process.pid} ${startTime(process.pid)}`;
const held = new Set();

process.on('exit', () => held.forEach(release));

/** Runs `work` while holding the lock `file`; waits for another run that holds it. */
export async function withLock(file, work) {
  if (held.has(file)) return work();
  ensureFolder(dirname(file));
  for (let told = false; !take(file); told = true) {
    const owner = read(file);
    if (owner !== null && isStale(owner)) {
      removeStale(file, owner);
      continue;
    }
    if (!told && owner) console.log(`Waiting for another run (process ${owner.split(' ')[0]}) to finish …`);
    await wait(200);
  }
  held.add(file);
  try {
    return await work();
  } finally {
    release(file);
  }
}

function release(file) {
  held.delete(file);
  rmSync(file, { force: true });
}

/** `link` fails if the lock is there, and the lock appears with its owner's name already in it. */
function take(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, me);
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isStale(owner) {
  const [pid, started] = owner.split(' ');
  return !isAlive(Number(pid)) || startTime(Number(pid)) !== started;
}

/** Moves the stale lock away; if that caught a lock someone took meanwhile, puts it back. */
function removeStale(file, owner) {
  const moved = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, moved);
    if (read(moved) !== owner) linkSync(moved, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}
