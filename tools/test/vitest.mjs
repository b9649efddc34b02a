// Runs one project of tests/vitest.config.ts and reads its totals.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot, root } from '../lib/paths.mjs';
import { runShown } from '../lib/run.mjs';
import { failedToRun, timeout } from './suite.mjs';

/** Resolves to { passed, failed, skipped } test cases. */
export async function runVitest(project, { report, env }) {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const ending = await runShown(inRoot('node_modules/.bin/vitest'), [
    'run', '--config', 'tests/vitest.config.ts', '--project', project,
    '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
  ], { cwd: root, env: { ...(!process.stdout.isTTY && { NO_COLOR: '1' }), ...env }, timeout });
  const totals = readTotals(report);
  if (!totals || totals.passed + totals.failed + totals.skipped === 0) return failedToRun(`no totals, ended with ${ending}`);
  if (ending !== 0 && totals.failed === 0) return failedToRun(`ended with ${ending}`, totals.passed);
  return totals;
}

function readTotals(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that could not be loaded has no tests that failed, and must count all the same.
    const brokenFiles = testResults.filter((file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length, skipped: numPendingTests };
  } catch {
    return null;
  }
}
