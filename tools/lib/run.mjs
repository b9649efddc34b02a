// Runs commands. Their output goes to a log file in the cache; only a failure shows it, and then only its end.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, inCache } from './paths.mjs';
import { which } from './which.mjs';

const tailLines = 40;
const running = new Set();

// A program that is told to stop takes its commands with it: nothing goes on working in a folder the next run cleans.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
  process.on(signal, () => {
    for (const child of running) child.kill();
    process.exit(code);
  });
}

export const quoted = (command, args) =>
  [command, ...args].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/**
 * Runs a command and resolves when it succeeded. Options: `cwd`, `env` (added to the process's own),
 * `log` (name of the log file that gets the output).
 */
export async function run(command, args, { cwd, env, log = 'command' } = {}) {
  const logFile = openLog(log);
  const output = openSync(logFile, 'a');
  try {
    writeSync(output, `$ ${quoted(command, args)}\n`);
    const ending = await endingOf(command, args, { cwd, env, stdio: ['ignore', output, output] });
    if (ending === 0) return;
    throw new Error(`\`${quoted(command, args)}\` ended with ${ending}.\n${tail(logFile)}\nThe whole output: ${logFile}`);
  } finally {
    closeSync(output);
  }
}

/** Runs a command whose output people want to see. Resolves to its exit code, or the name of the signal that ended it. */
export const runShown = (command, args, { cwd, env, timeout } = {}) =>
  endingOf(command, args, { cwd, env, timeout, stdio: ['ignore', 'inherit', 'inherit'] });

function endingOf(command, args, { cwd, env, stdio, timeout }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
    const timer = timeout && setTimeout(() => child.kill(), timeout);
    running.add(child);
    const settle = (how) => (value) => {
      clearTimeout(timer);
      running.delete(child);
      how(value);
    };
    child.on('error', settle((error) =>
      fail(error.code === 'ENOENT' ? new Error(`The command \`${command}\` was not found.`) : error)));
    child.on('close', (code, signal) => settle(done)(code ?? signal));
  });
}

/** The log file of this process; those of the day before and older go. */
function openLog(name) {
  const folder = ensureFolder(inCache('logs'));
  for (const file of readdirSync(folder)) {
    const { mtimeMs } = statSync(join(folder, file), { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - 24 * 3600 * 1000) rmSync(join(folder, file), { force: true });
  }
  return join(folder, `${name}-${process.pid}.log`);
}

function tail(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(-tailLines).map((line) => `  | ${line}`).join('\n');
}

/** The standard output of a quick command, or null if it failed or does not exist. */
export function outputOf(command, args, env) {
  const result = spawnSync(command, args, {
    encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  return result.status === 0 ? result.stdout.trim() : null;
}

const isRoot = () => process.getuid?.() === 0;

/** Why commands cannot run as root here; null if they can. */
export function obstacleToRoot() {
  if (isRoot()) return null;
  if (!which('sudo')) return 'this user is not root and there is no sudo';
  return outputOf('sudo', ['-n', 'true']) === null ? 'sudo asks for a password' : null;
}

/** Runs a command as root: as it is for root, by `sudo`, which never asks, for others. */
export async function runAsRoot(command, args, { env = {}, log } = {}) {
  if (isRoot()) return run(command, args, { env, log });
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return run('sudo', ['-n', 'env', ...settings, command, ...args], { log });
}
