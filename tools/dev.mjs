// `npm run dev`: the page with Vite's development server, which reloads what changes in web/ and wasm/src.
import { program } from './lib/program.mjs';
import { sayAddress, serverOptions } from './lib/serve.mjs';
import { check } from './lib/steps.mjs';
import { buildEngine } from './build/engine.mjs';
import { placeData, viteConfig } from './build/page.mjs';
import { setup } from './setup.mjs';

await program(import.meta.url, async (words) => {
  const options = await check('Read the options', () => serverOptions(words));
  await setup();
  await buildEngine();
  await check('Serve the page', async () => {
    placeData();
    const { createServer } = await import('vite');
    const server = await createServer({ configFile: viteConfig(), server: options });
    await server.listen();
    sayAddress(server.resolvedUrls);
  });
});
