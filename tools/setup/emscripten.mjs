// Chooses the Emscripten that builds the engine, and proves that it works.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { inCache, inRoot } from '../lib/paths.mjs';
import * as ours from './emcc-of-debian.mjs';
import { emccOfSystem } from './emcc-of-system.mjs';
import { prove } from './proof.mjs';

/** 'system', 'ours', or an error that says what to install. */
function chosen() {
  const system = emccOfSystem();
  if (system?.good) return 'system';
  if (ours.isMade() || ours.canBeMade()) return 'ours';
  const found = system ? `The emcc found (${system.emcc}) is ${system.version}, which will not do.\n` : '';
  throw new Error(`${found}ToyDL needs Emscripten 4 or newer, as \`emcc\` on PATH or by the variable EMSDK. Install it with

  git clone https://github.com/emscripten-core/emsdk && cd emsdk
  ./emsdk install latest && ./emsdk activate latest && source ./emsdk_env.sh
`);
}

/** The toolchain as the build uses it: programs, CMake's toolchain file, environment, flags. */
export function toolchain() {
  return chosen() === 'system' ? toolchainOfSystem(emccOfSystem()) : ourToolchain();
}

function toolchainOfSystem({ emcc, version, root, key }) {
  return {
    emcc,
    emxx: join(dirname(emcc), 'em++'),
    cmakeToolchainFile: join(root, 'cmake/Modules/Platform/Emscripten.cmake'),
    env: { PATH: pathWith(dirname(emcc)) },
    cxxFlags: [],
    linkFlags: [],
    version,
    proof: inCache('system-emcc', `${key}-proof`),
  };
}

/** Emscripten 6.0.5 is made for LLVM 21 and driven here by LLVM 22: that is what the flags are for. */
function ourToolchain() {
  const root = ours.emscripten();
  return {
    emcc: join(root, 'emcc'),
    emxx: join(root, 'em++'),
    cmakeToolchainFile: join(root, 'cmake/Modules/Platform/Emscripten.cmake'),
    // The Node that runs now: the one the file was written with may be gone.
    env: { PATH: pathWith(root), EM_CONFIG: ours.configFile(), EM_NODE_JS: process.execPath },
    cxxFlags: ['-Wno-version-check'],
    linkFlags: ['-Wl,--no-stack-first'],
    version: existsSync(root) ? ours.version() : null,
    proof: ours.systemLibraries(),
  };
}

/** `--emit-tsd` runs `tsc`, and the one it finds must be the clone's. */
const pathWith = (folder) => [inRoot('node_modules/.bin'), folder, process.env.PATH].join(delimiter);

export const needsDriver = () => chosen() === 'ours' && ours.needsDriver();
export const missingPackages = () => (chosen() === 'ours' ? ours.missingPackages() : []);

export function explainChoice() {
  const system = emccOfSystem();
  if (system && !system.good && !ours.isMade() && ours.canBeMade()) {
    console.log(`  The emcc found (${system.emcc}) is ${system.version}; 4.0 or newer is needed, so another one is set up.`);
  }
}

export const { makeDriver } = ours;

export const proveToolchain = () => prove(toolchain(), chosen() === 'ours');
