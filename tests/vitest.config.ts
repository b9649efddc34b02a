import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const minutes = 60_000;

// `toydl` is the package's source, as a user of the package would import it.
const alias = [
  { find: /^toydl$/, replacement: here('../wasm/src/index.ts') },
  { find: /^toydl\/training$/, replacement: here('../wasm/src/training/client.ts') },
];

export default defineConfig({
  root: here('.'),
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'wasm',
          root: here('.'),
          include: ['wasm/**/*.test.ts'],
          environment: 'node',
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'web',
          root: here('.'),
          include: ['web/**/*.test.ts'],
          environment: 'node',
          // Each file drives a browser, and some measure time: one after the other.
          fileParallelism: false,
          testTimeout: 3 * minutes,
          hookTimeout: 3 * minutes,
        },
      },
    ],
  },
});
