// Builds what is measured of another checkout, with the tools of that one: `node build-there.mjs FOLDER native chromium`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...targets] = process.argv.slice(2);
const tool = (name) => import(pathToFileURL(join(folder, 'tools', name)).href);

const { program } = await tool('lib/program.mjs');
await program(import.meta.url, async () => {
  const { setup } = await tool('setup.mjs');
  const { buildEngine, buildNative, buildPackage } = await tool('build.mjs');
  await setup({ native: targets.includes('native') });
  if (targets.includes('native')) await buildNative('fast', 'toydl_bench');
  if (!targets.includes('chromium')) return;
  await buildEngine();
  await buildPackage();
});
