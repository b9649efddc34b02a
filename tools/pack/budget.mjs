// How large the package is, and may be: what a reader fetches or an author installs does not grow unseen.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What is fetched, in kB (1,000 bytes): at most `raw` as it is, `gzip` as hosts send it. */
const limits = [
  { what: 'the element, before anybody scrolls there', file: 'element/element.js', raw: 4, gzip: 2 },
  { what: 'the same as a classic script', file: 'tag.js', raw: 4, gzip: 2 },
  { what: 'the training worker', file: 'worker.js', raw: 70, gzip: 23 },
  { what: 'everything in one script', file: 'toydl.js', raw: 1100, gzip: 640 },
  { what: 'everything in one module, for notebooks', file: 'anywidget.js', raw: 1100, gzip: 640 },
  { what: 'the glue of the engine', file: 'engine/toydl-strict.js', raw: 50, gzip: 13 },
  { what: 'the engine', file: 'engine/toydl-strict.wasm', raw: 710, gzip: 240 },
  { what: 'the engine, fused and with threads', file: 'engine/toydl-fma-threads.wasm', raw: 725, gzip: 250 },
  { what: 'the first digits', file: 'data/mnist/shard-00.gz', raw: 250, gzip: 250 },
];
const tarballLimit = 2900;

const measured = (folder) => limits.map((limit) => {
  const bytes = readFileSync(join(folder, limit.file));
  return { ...limit, size: { raw: bytes.length / 1000, gzip: gzipSync(bytes, { level: 9 }).length / 1000 } };
});

/** The sizes as a table for the package's README. */
export function sizesInMarkdown(folder) {
  const rows = measured(folder).map(({ what, file, size }) => `| ${what} | \`${file}\` | ${Math.ceil(size.gzip)} kB |`);
  return ['| | | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Prints the sizes of the package. @throws {Error} that names what is larger than it may be */
export function checkBudget(folder, tarball) {
  const tarballSize = statSync(tarball).size / 1000;
  const rows = [...measured(folder), { file: 'the tarball', raw: tarballLimit, gzip: tarballLimit, size: { raw: tarballSize, gzip: tarballSize } }];
  const column = (value, limit) => `${value.toFixed(1)} of ${limit}`.padStart(18);
  console.log(`  ${'kB'.padEnd(32)}${'raw'.padStart(18)}${'gzip'.padStart(18)}`);
  for (const { file, raw, gzip, size } of rows) console.log(`  ${file.padEnd(32)}${column(size.raw, raw)}${column(size.gzip, gzip)}`);
  const tooLarge = rows.filter(({ raw, gzip, size }) => size.raw > raw || size.gzip > gzip).map(({ file }) => file);
  if (tooLarge.length === 0) return;
  throw new Error(`Larger than tools/pack/budget.mjs allows: ${tooLarge.join(', ')}. Make it smaller, or allow more there and say why.`);
}
