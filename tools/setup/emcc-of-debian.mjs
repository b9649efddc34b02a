// An Emscripten put together from Debian and npm, for machines that reach nothing else: clang and lld from the
// system's own release, Emscripten's driver from forky (scripts only), Binaryen and acorn from npm.
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from '../lib/hash.mjs';
import { unpackDeb } from '../lib/debian.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inCache, inRoot } from '../lib/paths.mjs';
import { step } from '../lib/steps.mjs';
import { isExecutable, which } from '../lib/which.mjs';
import { forkyFile, forkyIsReachable } from './forky.mjs';
import { npmCi } from './npm.mjs';

const llvm = '/usr/lib/llvm-22/bin';
const recipe = () => hashOfFiles(inRoot('tools/toolchain'), ['package.json', 'package-lock.json']);

/** Named by its recipe, so that clones of different revisions do not undo each other's work. */
export const folder = () => inCache(`toolchain-${recipe().slice(0, 8)}`);
export const configFile = () => join(folder(), 'emscripten.config');
export const emscripten = () => join(folder(), 'emscripten');
export const systemLibraries = () => join(folder(), 'cache');

export const canBeMade = forkyIsReachable;
export const isMade = () => existsSync(configFile()) && hasLlvm();
export const needsDriver = () => !existsSync(configFile());
export const version = () => readFileSync(join(emscripten(), 'emscripten-version.txt'), 'utf8').replace(/[\s"]/g, '');

const hasLlvm = () => ['clang++', 'wasm-ld', 'llvm-ar'].every((program) => isExecutable(join(llvm, program)));

/** The packages of the system's own release that are missing. */
export const missingPackages = () => [
  ...(hasLlvm() ? [] : ['clang-22', 'lld-22', 'llvm-22']),
  ...(which('python3') ? [] : ['python3']),
];

/** Emscripten's JavaScript optimizer imports acorn: it is found because node_modules is in the parent folder. */
export async function makeDriver() {
  await step('Set up Emscripten', () => makeFolder(folder(), async (target) => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      copyFileSync(inRoot('tools/toolchain', file), join(target, file));
    }
    await npmCi(target);
    const unpacked = join(target, 'unpacked');
    await unpackDeb(forkyFile('emscripten'), unpacked);
    renameSync(join(unpacked, 'usr/share/emscripten'), join(target, 'emscripten'));
    rmSync(unpacked, { recursive: true });
    writeFileSync(join(target, 'emscripten.config'), config());
  }));
}

const config = () => `\
LLVM_ROOT = '${llvm}'
BINARYEN_ROOT = '${join(folder(), 'node_modules/binaryen')}'
NODE_JS = '${process.execPath}'
LLVM_ADD_VERSION = None
CLANG_ADD_VERSION = None
CACHE = '${systemLibraries()}'
`;
