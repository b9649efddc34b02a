import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Runs a program to its end. Resolves to the lines that it prints. */
export async function run(program: string, words: string[], cwd: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(program, words, { cwd });
  return stdout.trim().split('\n');
}

/** A project of somebody who uses the package: a folder of tests/consumers, with the packed package in its node_modules. */
export async function consumer(name: string, tarball: string): Promise<string> {
  const folder = here(`../build/consumers/${name}`);
  await rm(folder, { recursive: true, force: true });
  await cp(here(`consumers/${name}`), folder, { recursive: true });
  const installed = join(folder, 'node_modules/toydl');
  await mkdir(installed, { recursive: true });
  await run('tar', ['xzf', tarball, '--strip-components', '1'], installed);
  return folder;
}
