// The JavaScript that Emscripten writes around an engine, its glue, made fit for the bundlers of those who use the package.
import { readFileSync, writeFileSync } from 'node:fs';

/** What is changed in the glue of every engine, and in that of one with threads. */
const changes = [
  // In Node it imports Node's own modules. Bundlers follow every import: webpack fails at these, Vite puts an empty module in their place.
  { before: 'import("node:', after: 'import(/* webpackIgnore: true */ /* @vite-ignore */ "node:' },
];
const changesWithThreads = [
  ...changes,
  // A worker that names its own module is a circle to webpack, so the module is told how threads are made.
  { before: /new Worker\(new URL\("[\w-]+\.js",import\.meta\.url\),\{[^}]*\}\)/g, after: 'Module["newThread"]()' },
  // The module waits, while it is evaluated, for what makes it a thread in Node. A classic worker, as Vite makes them, cannot wait.
  {
    before: /if\(isNode\)isPthread=\(await (import\([^)]*\))\)\.workerData==="em-pthread";isPthread&&Module\(\);/g,
    after: 'if(isNode)$1.then(({workerData})=>workerData==="em-pthread"&&Module());else if(isPthread)Module();',
  },
];

/** @throws {Error} if this Emscripten writes its glue in another way */
export function fitForBundlers(file) {
  let glue = readFileSync(file, 'utf8');
  for (const { before, after } of file.endsWith('-threads.js') ? changesWithThreads : changes) {
    const changed = glue.replaceAll(before, after);
    if (changed === glue) throw new Error(`${file} holds nothing like ${before}: this Emscripten writes it in another way, see tools/build/glue.mjs.`);
    glue = changed;
  }
  writeFileSync(file, glue);
}
