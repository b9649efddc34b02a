import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { uplotAnywhere } from '../tools/build/uplot.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Lets the browser fetch the elements together with the entry script, which imports them only when the worker has started. */
function preloadApp(): Plugin {
  return {
    name: 'toydl-preload-app',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((file) => file.type === 'chunk' && file.name === 'app')
          .map(({ fileName }) => ({ tag: 'link', injectTo: 'head', attrs: { rel: 'modulepreload', href: `./${fileName}` } })),
    },
  };
}

/** With these a page is cross-origin isolated, and may have threads. It works the same without them. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  root: here('.'),
  // What is not there is answered with 404, so that a data set that was left out is missed, and not with the page.
  appType: 'mpa',
  // Relative addresses only: the built page runs under any path.
  base: './',
  publicDir: here('../build/public'),
  resolve: {
    alias: [{ find: /^toydl\//, replacement: here('../wasm/src/') }],
  },
  server: { fs: { allow: [here('..')] }, headers },
  preview: { headers },
  build: { outDir: here('../dist/page'), emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
  plugins: [preloadApp(), uplotAnywhere()],
});
