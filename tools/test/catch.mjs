// Runs a program with Catch2 tests, natively or in Node, and reads its totals.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { runShown } from '../lib/run.mjs';
import { failedToRun, timeout } from './suite.mjs';

/** `command` is the program and its first arguments. Resolves to { passed, failed, skipped } test cases. */
export async function runCatch(command, { report, env }) {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter', 'console', '--reporter', `json::out=${report}`];
  // Catch2 in WebAssembly cannot tell that its output goes to a file.
  if (!process.stdout.isTTY) reporters.push('--colour-mode', 'none');
  const ending = await runShown(command[0], [...command.slice(1), ...reporters], { cwd: dirname(report), env, timeout });
  const totals = readTotals(report);
  if (!totals) return failedToRun(`no totals, ended with ${ending}`);
  const passed = totals.passed + totals['fail-but-ok'];
  // A crash at the end, or a sanitizer's finding, leaves good totals and a bad exit code.
  if (ending !== 0 && totals.failed === 0) return failedToRun(`ended with ${ending}`, passed);
  return { passed, failed: totals.failed, skipped: totals.skipped };
}

function readTotals(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))['test-run'].totals['test-cases'];
  } catch {
    return null;
  }
}
