// A commit beside the working tree: a checkout of its own in build/against, built with its own tools.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from '../lib/hash.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { inRoot, root } from '../lib/paths.mjs';
import { outputOf, run, runShown } from '../lib/run.mjs';
import { step, StepError } from '../lib/steps.mjs';

const bench = 'tests/bench';
const git = (...words) => outputOf('git', ['-C', root, ...words]);

/** The whole hash of a commit. @param name as git takes it: a hash, a branch, HEAD~3 */
export function commitOf(name) {
  const commit = git('rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`);
  if (!commit) throw new Error(`git knows no commit ${name} here.`);
  return commit;
}

/** Builds what is measured of a commit. Its folder stays, so the next time there is nothing to compile. @returns its folder */
export async function buildCommit(commit, { native, chromium }) {
  const folder = inRoot('build/against', commit);
  if (!existsSync(folder)) await step(`Check out ${commit.slice(0, 7)}`, () => makeFolder(folder, (target) => checkOut(commit, target)));
  if (!knowsWorkloads(commit)) layOver(folder);
  console.log(`\nBuild ${commit.slice(0, 7)} with its own tools:`);
  const targets = [...(native ? ['native'] : []), ...(chromium ? ['chromium'] : [])];
  const ending = await runShown(process.execPath, [inRoot('tools/bench/build-there.mjs'), folder, ...targets], { cwd: folder });
  if (ending !== 0) throw new StepError(`✗ ${commit.slice(0, 7)} could not be built in ${folder}.`);
  console.log('');
  return folder;
}

/** A clone that borrows all objects from this one. Unlike a worktree, it leaves no trace in this one when its folder is removed. */
async function checkOut(commit, target) {
  await run('git', ['clone', '--quiet', '--shared', '--no-checkout', root, target], { log: 'git' });
  await run('git', ['-C', target, 'checkout', '--quiet', '--detach', commit], { log: 'git' });
}

/** Whether the benchmark of a commit takes workloads as data, as this one gives them. */
const knowsWorkloads = (commit) => git('cat-file', '-e', `${commit}:${bench}/workloads.json`) !== null;

/** Puts this tree's benchmark in place of an older one. Equal files stay as they are, for new ones would be compiled again. */
function layOver(folder) {
  if (hashOfFiles(root, [bench]) === hashOfFiles(folder, [bench])) return;
  rmSync(join(folder, bench), { recursive: true, force: true });
  cpSync(inRoot(bench), join(folder, bench), { recursive: true });
}
