// What `npm test` consists of. Each part builds and then runs its suites; it is given a session, which counts.
import { inRoot } from '../lib/paths.mjs';
import { buildEngine, buildForMachine, buildNative, buildPackage, buildPage, buildTraces, buildWasmTests } from '../build.mjs';
import { chromiumPath, emulators, firefoxPath, libraries, mnist, nativeCompilers, webkitDriverPath } from '../setup.mjs';
import { runCatch } from './catch.mjs';
import { notRun } from './suite.mjs';
import { runVitest } from './vitest.mjs';

/** The C++ tests in a build folder. In Node they need the ending that says what kind of module they are. */
const coreTests = (preset, name) => inRoot('build', preset, name);

/** Models of every kind train for minutes, so they do it once: that other builds give the same bits, shorter tests show. */
const quick = ['~[models]'];

/** An emulated processor takes minutes for what a real one does in seconds. */
const quickEmulated = ['~[models]~[long]'];

const report = (name) => inRoot('build/reports', `${name}.json`);

const environment = () => ({
  TOYDL_MNIST: mnist(),
  TOYDL_LIBRARIES: libraries(),
  TOYDL_CLI: inRoot('build/native/toydl'),
  ...(chromiumPath() && { CHROMIUM: chromiumPath() }),
  ...(firefoxPath() && { FIREFOX: firefoxPath() }),
  ...(webkitDriverPath() && { WEBKIT_DRIVER: webkitDriverPath() }),
  TOYDL_EMULATORS: JSON.stringify(emulators()),
});

async function core(session) {
  const presets = ['native', 'double', ...(nativeCompilers().clang ? ['clang'] : [])];
  if (presets.length < 3) console.log('No clang++ found: the second native compiler is left out.');
  // While one preset's tests run, on one core, the next is built.
  let running;
  for (const preset of presets) {
    const isBuilt = await session.build(preset, () => buildNative(preset));
    await running;
    if (!isBuilt) continue;
    const command = [coreTests(preset, 'core_tests'), ...(preset === 'native' ? [] : quick)];
    running = session.suite(`core, ${preset}`, () => runCatch(command, { report: report(`core-${preset}`), env: environment() }));
  }
  await running;
}

async function wasm(session) {
  let running;
  if (await session.build('wasm tests', buildWasmTests)) {
    const command = [process.execPath, coreTests('wasm', 'core_tests.cjs'), ...quick];
    running = session.suite('core, wasm', () => runCatch(command, { report: report('core-wasm'), env: environment() }));
  }
  const isBuilt = await session.build('engine', buildEngine) && await session.build('package', buildPackage) &&
    await session.build('native', () => buildNative('native'));
  await running;
  if (isBuilt) await session.suite('wasm', () => runVitest('wasm', { report: report('wasm'), env: environment() }));
}

async function web(session) {
  const isBuilt = await session.build('engine', buildEngine) && await session.build('package', buildPackage) &&
    await session.build('page', buildPage);
  if (isBuilt) await session.suite('web', () => runVitest('web', { report: report('web'), env: environment() }));
}

async function determinism(session) {
  const presets = ['native', 'fast', ...(nativeCompilers().clang ? ['clang'] : [])];
  for (const preset of presets) await session.build(`traces, ${preset}`, () => buildNative(preset, 'traces'));
  if (!await session.build('traces, wasm', buildTraces)) return;
  await session.suite('determinism', () => runVitest('determinism', { report: report('determinism'), env: environment() }));
}

async function machines(session) {
  let running;
  for (const [machine, emulator] of Object.entries(emulators())) {
    if (!emulator) console.log(`No compiler or no emulator found for ${machine}: its tests are skipped.`);
    const isBuilt = emulator && await session.build(machine, () => buildForMachine(machine));
    await running;
    if (emulator && !isBuilt) continue;
    const command = emulator && [...emulator, coreTests(machine, 'core_tests'), ...quickEmulated];
    running = session.suite(`core, ${machine}`, () =>
      (command ? runCatch(command, { report: report(`core-${machine}`), env: environment() }) : notRun));
  }
  const isBuilt = await session.build('traces, native', () => buildNative('native', 'traces'));
  await running;
  if (isBuilt) await session.suite('machines', () => runVitest('machines', { report: report('machines'), env: environment() }));
}

/** Each part with what it needs to be set up. What takes long and seldom finds anything runs only when it is named. */
export const parts = {
  core: { test: core, needs: { native: true } },
  wasm: { test: wasm, needs: { native: true } },
  web: { test: web, needs: { browser: true, browsers: true } },
  determinism: { test: determinism, needs: { native: true, browser: true, browsers: true } },
  machines: { test: machines, needs: { native: true, machines: true }, isNamedOnly: true },
};
