// The native command line: `npm run toydl -- train --epochs 3` builds it where needed, and runs it.
import { spawnSync } from 'node:child_process';
import { inRoot } from './lib/paths.mjs';
import { program } from './lib/program.mjs';
import { buildNative } from './build.mjs';
import { mnist, setup } from './setup.mjs';

await program(import.meta.url, async () => {
  await setup({ native: true });
  await buildNative('native', 'toydl_cli');
  const env = { ...process.env, TOYDL_MNIST: process.env.TOYDL_MNIST ?? mnist() };
  const { status } = spawnSync(inRoot('build/native/toydl'), process.argv.slice(2), { stdio: 'inherit', env });
  process.exitCode = status ?? 1;
});
