// Hashes of texts and of file trees: keys of the cache, stamps of what is up to date.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const hashOf = (...texts) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex').slice(0, 16);
};

const md5 = (bytes) => createHash('md5').update(bytes).digest('hex');

/** Throws if a file of `folder` has another MD5 sum than `sums`, name → sum, says. */
export function checkSums(folder, sums) {
  for (const [name, expected] of Object.entries(sums)) {
    const found = md5(readFileSync(join(folder, name)));
    if (found !== expected) {
      throw new Error(`${name} is not the file it should be: its MD5 sum is ${found}, expected is ${expected}.`);
    }
  }
}

/** All files under `path` (or `path` itself) in a fixed order; nothing if it does not exist. */
export function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort()
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'))
    .flatMap((name) => filesUnder(join(path, name)));
}

/** A hash of names and contents. Only files that `keep` accepts count. */
export function hashOfFiles(base, paths, keep = () => true) {
  const files = paths.flatMap((path) => filesUnder(join(base, path))).filter(keep);
  return hashOf(...files.flatMap((file) => [relative(base, file), readFileSync(file)]));
}
