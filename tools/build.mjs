// Builds: the engine (WebAssembly), the npm package, the page, and the same sources for this machine.
import { inRoot } from './lib/paths.mjs';
import { withLock } from './lib/lock.mjs';
import { program } from './lib/program.mjs';
import { step } from './lib/steps.mjs';
import { cmakeBuildForMachine, cmakeBuildNative, cmakeBuildWasm } from './build/cmake.mjs';
import { buildEngine } from './build/engine.mjs';
import { buildPackage, packageFolder } from './build/package.mjs';
import { buildPage, pageFolder } from './build/page.mjs';
import { setup } from './setup.mjs';

export { buildEngine, buildPackage, buildPage };

/** The library, the command line and the tests for this machine. `preset`: native, clang, fast or double. */
export const buildNative = (preset, target = 'all') => withLock(inRoot('build/lock'), () =>
  step(`Build for this machine (${preset})`, () => cmakeBuildNative(preset, target)));

/** The C++ tests and the traces for another processor. */
export const buildForMachine = (machine) => withLock(inRoot('build/lock'), () =>
  step(`Build for ${machine}`, () => cmakeBuildForMachine(machine, ['core_tests', 'traces'])));

/** The C++ tests for WebAssembly. */
export const buildWasmTests = () => withLock(inRoot('build/lock'), () =>
  step('Build the C++ tests (wasm)', () => cmakeBuildWasm('core_tests')));

/** The program that prints the hashes of models in training, as each engine for WebAssembly. */
export const buildTraces = () => withLock(inRoot('build/lock'), () =>
  step('Build the traces (wasm)', () => cmakeBuildWasm('traces')));

await program(import.meta.url, async () => {
  await setup();
  await buildEngine();
  await buildPackage();
  await buildPage();
  console.log(`\nThe page, static files for any web server: ${pageFolder()}\nThe npm package: ${packageFolder()}`);
});
