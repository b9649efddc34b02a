// Leaves out work whose inputs are those of the last time.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureFolder, inRoot } from './paths.mjs';
import { step } from './steps.mjs';

/** Does a step, unless it was done with just these inputs, a hash, and what it made, a file or a folder, is still there. */
export async function unlessDone(name, { stamp, inputs, made }, work) {
  const file = inRoot('build', stamp);
  if (existsSync(made) && existsSync(file) && readFileSync(file, 'utf8') === inputs) return;
  await step(name, async () => {
    // Should it fail, what is there is neither of before nor of now.
    rmSync(file, { force: true });
    await work();
    ensureFolder(inRoot('build'));
    writeFileSync(file, inputs);
  });
}
