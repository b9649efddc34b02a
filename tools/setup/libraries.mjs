// The C++ libraries, as one folder: include/ with Eigen, nlohmann/json and CLI11, and catch2/ with Catch2's two files.
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unpackDeb } from '../lib/debian.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { ensureFolder, inCache } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';
import { forkyFile, forkyIsReachable } from './forky.mjs';

export const packages = ['libeigen3-dev', 'nlohmann-json3-dev', 'libcli11-dev'];
export const sources = ['catch2'];

const layout = [
  'include/Eigen/Core', 'include/nlohmann/json.hpp', 'include/CLI/CLI.hpp',
  'catch2/catch_amalgamated.hpp', 'catch2/catch_amalgamated.cpp',
];
const missingFrom = (folder) => layout.filter((file) => !existsSync(join(folder, file)));

/** $TOYDL_LIBRARIES, or the folder in the cache. */
export const libraries = () => process.env.TOYDL_LIBRARIES || inCache('libraries');

export function needsLibraries() {
  const missing = missingFrom(libraries());
  if (missing.length === 0) return false;
  if (!process.env.TOYDL_LIBRARIES && forkyIsReachable()) return true;
  const problem = process.env.TOYDL_LIBRARIES
    ? `TOYDL_LIBRARIES is ${libraries()}, and there is no ${missing.join(', no ')} in it.`
    : 'ToyDL gets its C++ libraries from Debian, and this machine has no apt source for it.';
  throw new Error(`${problem}
Make a folder that holds
  include/Eigen/       from Eigen 5.0 or newer        (https://gitlab.com/libeigen/eigen)
  include/nlohmann/    from nlohmann/json 3.11        (https://github.com/nlohmann/json)
  include/CLI/         from CLI11 2.4 or newer        (https://github.com/CLIUtils/CLI11)
  catch2/              catch_amalgamated.hpp and .cpp (https://github.com/catchorg/Catch2, folder extras)
and name it in the environment variable TOYDL_LIBRARIES.`);
}

export async function makeLibraries() {
  await step('Unpack the C++ libraries', () => makeFolder(libraries(), async (target) => {
    const unpacked = ensureFolder(join(target, 'unpacked'));
    for (const name of packages) await unpackDeb(forkyFile(name), unpacked);
    const include = join(unpacked, 'usr/include');
    cpSync(join(include, 'eigen3/Eigen'), join(target, 'include/Eigen'), { recursive: true });
    cpSync(join(include, 'nlohmann'), join(target, 'include/nlohmann'), { recursive: true });
    cpSync(join(include, 'CLI'), join(target, 'include/CLI'), { recursive: true });
    await unpackCatch(unpacked, ensureFolder(join(target, 'catch2')));
    rmSync(unpacked, { recursive: true });
    const files = [...packages.map((name) => forkyFile(name)), forkyFile('catch2', '.orig.tar.gz')];
    writeFileSync(join(target, 'versions.txt'), files.map((file) => `${basename(file)}\n`).join(''));
  }));
}

async function unpackCatch(unpacked, target) {
  await run('tar', ['xzf', forkyFile('catch2', '.orig.tar.gz'), '-C', unpacked], { log: 'unpack' });
  const folder = readdirSync(unpacked).find((name) => /^catch2-/i.test(name));
  for (const file of ['catch_amalgamated.hpp', 'catch_amalgamated.cpp']) {
    cpSync(join(unpacked, folder, 'extras', file), join(target, file));
  }
}
