// `npm start`: everything from a fresh clone to the page in a browser. Options: --port N, --host [address].
import { program } from './lib/program.mjs';
import { sayAddress, serverOptions } from './lib/serve.mjs';
import { check } from './lib/steps.mjs';
import { buildEngine } from './build/engine.mjs';
import { buildPackage } from './build/package.mjs';
import { buildPage, viteConfig } from './build/page.mjs';
import { setup } from './setup.mjs';

await program(import.meta.url, async (words) => {
  const options = await check('Read the options', () => serverOptions(words));
  await setup();
  await buildEngine();
  await buildPackage();
  await buildPage();
  await check('Serve the page', async () => {
    const { preview } = await import('vite');
    const server = await preview({ configFile: viteConfig(), preview: options, logLevel: 'warn' });
    sayAddress(server.resolvedUrls);
  });
});
