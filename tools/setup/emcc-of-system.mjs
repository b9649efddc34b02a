// An Emscripten that is on the machine already (emsdk, Homebrew, a distribution): used as it is if it is new enough.
import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf } from '../lib/hash.mjs';
import { ensureFolder, inCache } from '../lib/paths.mjs';
import { outputOf } from '../lib/run.mjs';
import { isExecutable, which } from '../lib/which.mjs';

const oldestMajor = 4;

/** { emcc, version, root, key, good } of the emcc on PATH or in $EMSDK; null if there is none. */
export function emccOfSystem() {
  const candidates = [which('emcc'), emccOfEmsdk()].filter(Boolean).map(describe);
  return candidates.find(({ good }) => good) ?? candidates[0] ?? null;
}

function emccOfEmsdk() {
  const emcc = process.env.EMSDK && join(process.env.EMSDK, 'upstream/emscripten/emcc');
  return emcc && isExecutable(emcc) ? emcc : null;
}

/** Asking an emcc takes up to a second, so the answer is kept until the file changes. */
function describe(emcc) {
  const key = hashOf(realpathSync(emcc), String(statSync(emcc).mtimeMs));
  const answerFile = inCache('system-emcc', `${key}.json`);
  if (existsSync(answerFile)) return JSON.parse(readFileSync(answerFile, 'utf8'));
  const version = outputOf(emcc, ['--version'])?.match(/\b(\d+)\.\d+\.\d+\S*/);
  if (!version) return { emcc, version: 'one that does not run', good: false };
  const answer = { emcc, version: version[0], root: rootOf(emcc), key, good: Number(version[1]) >= oldestMajor };
  ensureFolder(dirname(answerFile));
  writeFileSync(answerFile, JSON.stringify(answer));
  return answer;
}

/** The folder with Emscripten's cmake/ and system/: what it says itself, or where the script is. */
function rootOf(emcc) {
  const emConfig = join(dirname(emcc), 'em-config');
  const told = isExecutable(emConfig) ? outputOf(emConfig, ['EMSCRIPTEN_ROOT']) : null;
  return told || dirname(realpathSync(emcc));
}
