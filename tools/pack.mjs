// The npm packages, ready to be published: `npm run pack` makes dist/npm/toydl and dist/npm/toydl-data, and a tarball of each beside them.
import { withLock } from './lib/lock.mjs';
import { inRoot } from './lib/paths.mjs';
import { program } from './lib/program.mjs';
import { step } from './lib/steps.mjs';
import { buildEngine, buildPackage } from './build.mjs';
import { checkBudget } from './pack/budget.mjs';
import { packData, packToydl, publishedFolder } from './pack/packages.mjs';
import { setup } from './setup.mjs';

/** Resolves to both tarballs. Needs the package. */
export const pack = () => withLock(inRoot('build/lock'), async () => {
  const tarballs = await step('Pack the npm packages', () => Promise.all([packToydl(), packData()]));
  await step('Hold the sizes against the budget', () => checkBudget(publishedFolder('toydl'), tarballs[0]));
  return tarballs;
});

await program(import.meta.url, async () => {
  await setup();
  await buildEngine();
  await buildPackage();
  console.log(`\nThe npm packages:\n${(await pack()).join('\n')}`);
});
