// Makes a fresh clone ready to build: everything it needs and the machine lacks, step by step. What several clones
// can share is in the cache, ~/.cache/toydl. A second run finds everything there and does nothing.
import { installPackages } from './lib/debian.mjs';
import { withLock } from './lib/lock.mjs';
import { inCache } from './lib/paths.mjs';
import { program } from './lib/program.mjs';
import { check, seconds, step, together } from './lib/steps.mjs';
import * as browsers from './setup/browser.mjs';
import * as buildTools from './setup/build-tools.mjs';
import * as otherMachines from './setup/emulators.mjs';
import * as emscripten from './setup/emscripten.mjs';
import { setUpFashionMnist } from './setup/fashion-mnist.mjs';
import { fetchFromForky, forkyFile } from './setup/forky.mjs';
import { libraries, makeLibraries, needsLibraries, packages, sources } from './setup/libraries.mjs';
import { mnist, setUpMnist } from './setup/mnist.mjs';
import { setUpNpm } from './setup/npm.mjs';
import { hasDataSet, manifests, placeShards, setUpShards, starter } from './setup/shards.mjs';

export { hasDataSet, libraries, manifests, mnist, placeShards, starter };
export const { chromiumPath, firefoxPath, webkitDriverPath } = browsers;
export const { nativeCompilers } = buildTools;
export const { toolchain } = emscripten;
export const { emulators } = otherMachines;

/**
 * `native`: compilers for builds without a browser. `browser`: Chromium for the page's tests. `browsers`: Firefox and WebKit too.
 * `machines`: compilers and emulators for other processors, where they can be had.
 */
export async function setup({ native = false, browser = false, browsers: others = false, machines = false } = {}) {
  await withLock(inCache('setup.lock'), async () => {
    const tools = ['cmake', 'ninja', ...(native ? ['g++'] : [])];
    const plan = await check('Look for what is there', () => ({
      driver: emscripten.needsDriver(),
      libraries: needsLibraries(),
      systemPackages: [
        ...emscripten.missingPackages(),
        ...buildTools.missingPackages(tools),
        ...(browser ? browsers.missingPackages() : []),
        ...(others ? browsers.missingPackagesOfOthers() : []),
      ],
    }));
    emscripten.explainChoice();
    // Four that do not wait for each other: the system's packages, other packages of Debian, npm, the data set that may be missing.
    await together(
      async () => {
        await installSystemPackages(plan.systemPackages);
        if (machines) await installIfPossible(otherMachines.missingPackages());
        await check('Check the build tools', () => buildTools.checkVersions(tools));
      },
      async () => {
        await fetchPackages(plan);
        if (plan.driver) await emscripten.makeDriver();
        if (plan.libraries) await makeLibraries();
      },
      async () => {
        await setUpNpm();
        await setUpMnist();
        await setUpShards('mnist');
      },
      async () => {
        if (await setUpFashionMnist()) await setUpShards('fashion');
      },
    );
    await emscripten.proveToolchain();
  });
}

async function installSystemPackages(names) {
  if (names.length > 0) await step(`Install ${names.join(', ')}`, () => installPackages(names));
}

/** Packages that tests can do without. */
async function installIfPossible(names) {
  try {
    await installSystemPackages(names);
  } catch (error) {
    console.log(`${error.message}\nThe tests that need these packages are skipped.`);
  }
}

/** All that is needed from Debian's forky, with one update of its lists; nothing if it is there or unpacked. */
async function fetchPackages(plan) {
  const wanted = [...(plan.driver ? ['emscripten'] : []), ...(plan.libraries ? packages : [])];
  const wantedSources = plan.libraries ? sources : [];
  const isThere = wanted.every((name) => forkyFile(name)) &&
    wantedSources.every((name) => forkyFile(name, '.orig.tar.gz'));
  if (!isThere) await fetchFromForky({ packages: wanted, sources: wantedSources });
}

await program(import.meta.url, async (words) => {
  const start = performance.now();
  await setup({ native: words.includes('--native'), browser: words.includes('--browser') });
  console.log(`ToyDL is set up (${seconds(performance.now() - start)}).`);
});
