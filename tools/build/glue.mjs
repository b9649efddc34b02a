// The JavaScript that Emscripten writes around an engine, its glue, as bundlers can take it.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * In Node the glue imports some of Node's own modules. Bundlers follow every import: webpack fails at these, Vite puts an empty
 * module in their place. So they are marked as none of a bundler's business.
 */
export function hideNodeImports(file) {
  const glue = readFileSync(file, 'utf8');
  const hidden = glue.replaceAll('import("node:', 'import(/* webpackIgnore: true */ /* @vite-ignore */ "node:');
  if (hidden === glue) throw new Error(`${file} imports nothing of Node's: Emscripten writes it in another way now, see tools/build/glue.mjs.`);
  writeFileSync(file, hidden);
}
