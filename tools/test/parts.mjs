// What `npm test` consists of. Each part builds and then runs its suites; it is given a session, which counts.
import { inRoot } from '../lib/paths.mjs';
import { buildEngine, buildNative, buildPackage, buildPage, buildTraces, buildWasmTests } from '../build.mjs';
import { chromiumPath, firefoxPath, libraries, mnist, nativeCompilers, webkitDriverPath } from '../setup.mjs';
import { runCatch } from './catch.mjs';
import { runVitest } from './vitest.mjs';

/** The C++ tests in a build folder. In Node they need the ending that says what kind of module they are. */
const coreTests = (preset, name) => inRoot('build', preset, name);

/** Models of every kind train for minutes, so they do it once: that other builds give the same bits, shorter tests show. */
const quick = ['~[models]'];

const report = (name) => inRoot('build/reports', `${name}.json`);

const environment = () => ({
  TOYDL_MNIST: mnist(),
  TOYDL_LIBRARIES: libraries(),
  TOYDL_CLI: inRoot('build/native/toydl'),
  ...(chromiumPath() && { CHROMIUM: chromiumPath() }),
  ...(firefoxPath() && { FIREFOX: firefoxPath() }),
  ...(webkitDriverPath() && { WEBKIT_DRIVER: webkitDriverPath() }),
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

/** Each part with what it needs to be set up. */
export const parts = {
  core: { test: core, needs: { native: true } },
  wasm: { test: wasm, needs: { native: true } },
  web: { test: web, needs: { browser: true, browsers: true } },
  determinism: { test: determinism, needs: { native: true, browser: true, browsers: true } },
};
