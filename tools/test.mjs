// `npm test`, or `npm test -- core`: sets up, builds and runs the test suites of the parts named; without names, of all parts but
// those that run only when named.
import { parts } from './test/parts.mjs';
import { program } from './lib/program.mjs';
import { check } from './lib/steps.mjs';
import { setup } from './setup.mjs';
import { Session } from './test/session.mjs';

await program(import.meta.url, async (words) => {
  const names = words.length > 0 ? words : Object.keys(parts).filter((name) => !parts[name].isNamedOnly);
  const session = new Session();
  const isReady = await session.build('set-up', () => check('Set up', async () => {
    const unknown = names.filter((name) => !Object.hasOwn(parts, name));
    if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
    await setup(Object.assign({}, ...names.map((name) => parts[name].needs)));
  }));
  if (isReady) {
    for (const name of names) await parts[name].test(session);
  }
  session.report();
  process.exitCode = session.isGood ? 0 : 1;
});
