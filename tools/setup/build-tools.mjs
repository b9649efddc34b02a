// What CMake builds need, and the native compilers.
import { outputOf } from '../lib/run.mjs';
import { isDebianLike } from '../lib/debian.mjs';
import { isExecutable, which } from '../lib/which.mjs';

const tools = {
  cmake: { package: 'cmake', oldest: [3, 25] },
  ninja: { package: 'ninja-build', oldest: [1, 10] },
  'g++': { package: 'g++', oldest: [12] },
};

const versionOf = (text) => (text?.match(/\d+(\.\d+)*/)?.[0] ?? '').split('.').map(Number);

function isAtLeast(version, oldest) {
  for (let i = 0; i < oldest.length; i++) {
    if ((version[i] ?? 0) !== oldest[i]) return (version[i] ?? 0) > oldest[i];
  }
  return true;
}

/** The packages that hold what is missing of `names`. */
export function missingPackages(names) {
  const missing = names.filter((name) => !which(name)).map((name) => tools[name].package);
  if (missing.length > 0 && !isDebianLike()) throw new Error(`Please install ${missing.join(', ')}: not found on PATH.`);
  return missing;
}

/** Throws if one of `names` is too old. */
export function checkVersions(names) {
  for (const name of names) {
    const { oldest } = tools[name];
    // `g++ -dumpfullversion` is the number alone; the others say it in their first line.
    const found = versionOf(outputOf(name, [name === 'g++' ? '-dumpfullversion' : '--version']));
    if (!isAtLeast(found, oldest)) {
      throw new Error(`${name} ${found.join('.')} is too old: ToyDL needs ${oldest.join('.')} or newer on PATH.`);
    }
  }
}

/** The native compilers: { gxx, clang }. `clang` is null if there is none that is new enough. */
export function nativeCompilers() {
  return { gxx: which('g++'), clang: clang() };
}

function clang() {
  if (isExecutable('/usr/bin/clang++-22')) return '/usr/bin/clang++-22';
  const names = ['clang++'];
  for (let version = 24; version >= 14; version--) names.push(`clang++-${version}`);
  return names.map((name) => which(name)).find((file) =>
    file && isAtLeast(versionOf(outputOf(file, ['-dumpversion'])), [14])) ?? null;
}
