// Configures and builds CMake presets; a preset's binary folder is build/<preset>.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, inRoot, root } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { libraries, nativeCompilers, toolchain } from '../setup.mjs';

export const buildFolder = (preset) => inRoot('build', preset);

export async function cmakeBuild(preset, { definitions, env = {}, targets }) {
  const settings = { cwd: root, env: { ...env, TOYDL_LIBRARIES: libraries() }, log: `build-${preset}` };
  forgetOtherCompilers(preset, JSON.stringify([definitions, libraries()]));
  await run('cmake', ['--preset', preset, ...definitions], settings);
  await run('cmake', ['--build', buildFolder(preset), '--parallel', '--target', ...targets], settings);
}

/** CMake cannot change the compiler of a build folder, so a folder of another one is begun anew. */
function forgetOtherCompilers(preset, wanted) {
  const folder = buildFolder(preset);
  const stamp = join(folder, 'compiler-stamp.json');
  const isSame = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isSame) return;
  rmSync(folder, { recursive: true, force: true });
  ensureFolder(folder);
  writeFileSync(stamp, wanted);
}

export async function cmakeBuildWasm(target) {
  const { cmakeToolchainFile, env, cxxFlags, linkFlags } = toolchain();
  await cmakeBuild('wasm', {
    env,
    targets: [target],
    definitions: [
      `-DCMAKE_TOOLCHAIN_FILE=${cmakeToolchainFile}`,
      `-DCMAKE_CXX_FLAGS=${cxxFlags.join(' ')}`,
      `-DCMAKE_EXE_LINKER_FLAGS=${linkFlags.join(' ')}`,
    ],
  });
}

export async function cmakeBuildNative(preset, target) {
  const { gxx, clang } = nativeCompilers();
  const compiler = preset === 'clang' ? clang : gxx;
  if (!compiler) throw new Error(`No compiler for the preset ${preset}: clang++ 14 or newer is needed.`);
  await cmakeBuild(preset, { definitions: [`-DCMAKE_CXX_COMPILER=${compiler}`], targets: [target] });
}

/** For another processor: the preset, called like it, has the compiler. */
export async function cmakeBuildForMachine(machine, targets) {
  await cmakeBuild(machine, { definitions: [], targets });
}
