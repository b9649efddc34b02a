import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const minutes = 60_000;

export default defineConfig({
  root: here('.'),
  test: {
    projects: [
      {
        test: {
          name: 'wasm',
          root: here('.'),
          include: ['wasm/**/*.test.ts'],
          environment: 'node',
          // The garbage collector on call, for the tests of memory.
          execArgv: ['--expose-gc'],
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
        },
      },
      {
        test: {
          name: 'determinism',
          root: here('.'),
          include: ['determinism/determinism.test.ts', 'determinism/flags.test.ts'],
          environment: 'node',
          testTimeout: 3 * minutes,
          hookTimeout: 3 * minutes,
        },
      },
      {
        test: {
          name: 'machines',
          root: here('.'),
          include: ['determinism/emulated.test.ts'],
          environment: 'node',
          // An emulated processor takes a hundred times as long as the real one, and shares its cores.
          testTimeout: 20 * minutes,
          hookTimeout: 20 * minutes,
        },
      },
      {
        // As the page's own bundler does.
        resolve: { alias: [{ find: /^toydl\//, replacement: here('../wasm/src/') }] },
        test: {
          name: 'web',
          root: here('.'),
          include: ['web/**/*.test.ts'],
          environment: 'node',
          // Most files drive a browser, and some measure time: one after the other.
          fileParallelism: false,
          testTimeout: 3 * minutes,
          hookTimeout: 3 * minutes,
        },
      },
    ],
  },
});
