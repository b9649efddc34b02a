// What takes part in the benchmark: each can do a workload for some milliseconds, and tells samples per second.
import { execFile, fork, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;

/** A native program: a process for each measurement. `what`: `speed`, `eigen`, or `peak`, whose workload is null. */
export const native = (binary, env, { arithmetic = 'strict', threads = 1, what = 'speed' } = {}) => ({
  async measure(workload, ms) {
    try {
      const { stdout } = await promisify(execFile)(binary, [what, JSON.stringify(workload), arithmetic, threads, ms], { env: { ...process.env, ...env } });
      return Number(stdout);
    } catch (error) {
      // Its message would be the whole command, workload and all.
      throw new Error(error.stderr || error.message, { cause: error });
    }
  },
});

/** Relaxed SIMD stands behind a flag in Node 20. */
const relaxedSimd = '--experimental-wasm-relaxed-simd';
const flags = spawnSync(process.execPath, [relaxedSimd, '-e', '0']).status === 0 ? [relaxedSimd] : [];

/** ToyDL in Node, in a process that stays. */
export async function node(packageFolder, options) {
  const entry = pathToFileURL(join(packageFolder, 'index.js')).href;
  const child = fork(join(here, 'node.mjs'), [entry, JSON.stringify(options)], { execArgv: flags });
  let settle;
  child.on('message', ({ result, error }) => (error ? settle.reject(new Error(error)) : settle.resolve(result)));
  child.on('exit', () => settle?.reject(new Error('the process ended')));
  const answer = () => new Promise((resolve, reject) => (settle = { resolve, reject }));
  await answer();
  return {
    measure(workload, ms) {
      child.send({ workload, ms });
      return answer();
    },
    close: () => child.kill(),
  };
}

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '': 'text/html' };

/** A browser, and a server of these folders that lets its pages have threads: { prefix: folder }. */
export async function browser(executablePath, folders) {
  const server = createServer(async (request, response) => {
    const [, prefix, ...path] = new URL(request.url, 'http://localhost').pathname.split('/');
    try {
      const body = prefix === '' ? '<!doctype html>' : await readFile(join(folders[prefix], ...path));
      response.writeHead(200, {
        'content-type': types[extname(path.at(-1) ?? '')] ?? 'application/octet-stream',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const launched = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  return {
    version: launched.version(),
    async page() {
      const page = await launched.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      return page;
    },
    async close() {
      await launched.close();
      server.close();
    },
  };
}

const ofPage = (page) => ({
  measure: (workload, ms) => page.evaluate(([workload, ms]) => globalThis.subject.measure(workload, ms), [workload, ms]),
  memory: () => page.evaluate(() => globalThis.subject.memory()),
});

/** ToyDL in a page. @param from the addresses of the benchmark and of the package */
export async function toydlPage(browser, options, from = { bench: '/bench', library: '/package' }) {
  const page = await browser.page();
  await page.evaluate(async ([options, { bench, library }]) => {
    const { start } = await import(`${bench}/toydl.js`);
    globalThis.subject = await start(await import(`${library}/index.js`), options);
  }, [options, from]);
  return ofPage(page);
}

/** TensorFlow.js in a page. */
export async function tfjsPage(browser) {
  const page = await browser.page();
  for (const file of ['tfjs/dist/tf.min.js', 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js']) {
    await page.addScriptTag({ url: `/tensorflow/${file}` });
  }
  await page.evaluate(async () => {
    const { start } = await import('/bench/tfjs.js');
    const toydl = await (await import('/package/index.js')).load();
    const { train } = await toydl.datasets.mnist();
    const { x, y } = train.slice(0, 6400);
    globalThis.subject = await start(globalThis.tf, '/tensorflow/tfjs-backend-wasm/dist/', { images: x.toArray(), labels: y.toArray() });
  });
  return ofPage(page);
}
