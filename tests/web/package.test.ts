import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { launch } from './browser.js';
import { serve } from './serve.js';

let browser: Browser;
let host: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  browser = await launch();
  host = await serve('package');
});
afterAll(async () => {
  await browser?.close();
  host?.close();
});

/** A page as its author writes it, beside the package. */
const html = `<!doctype html>
<script type="importmap">{ "imports": { "toydl": "./index.js" } }</script>
<script type="module">
  import { load } from 'toydl';
  const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, Accuracy, datasets } = await load();

  const { train, test } = await datasets.mnist();
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  const sgd = new SGD(model.parameters(), { learningRate: 0.1 });
  const hashes = {};
  const onBatch = ({ step }) => { if ([1, 100, 9380].includes(step)) hashes[step] = model.hash(); };

  await model.fit(train, new CrossEntropy(), sgd, { epochs: 10, batchSize: 64, onBatch });
  const fitted = model.evaluate(test, new Accuracy());

  const loss = new CrossEntropy();
  for (const { x, y } of train.batches(64)) {
    const prediction = model.forward(x);
    loss.forward(prediction, y);
    model.backward(loss.backward());
    sgd.step();
  }
  window.seen = { hashes, fitted, byHand: model.evaluate(test, new Accuracy()) };
</script>`;

test('both halves of the example run in a page', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  const engines: string[] = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && engines.push(request.url().split('/').at(-1)!));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.route('**/example.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${host.url}example.html`);
  const handle = await page.waitForFunction(() => (window as { seen?: unknown }).seen, undefined, { timeout: 120_000 });
  const seen = (await handle.jsonValue()) as { hashes: Record<number, string>; fitted: number; byHand: number };
  expect(seen.hashes).toEqual({ 1: golden.hashes[1], 100: golden.hashes[100], 9380: golden.hashes[9380] });
  expect(seen.fitted).toBeGreaterThan(0.965);
  expect(seen.byHand).toBeGreaterThan(0.965);
  expect(errors).toEqual([]);
  expect(engines).toEqual(['toydl-strict.wasm']);
});

/** A hundred steps with fused arithmetic, and threads if the page may have them. */
const fused = `<!doctype html>
<script type="importmap">{ "imports": { "toydl": "./index.js" } }</script>
<script type="module">
  import { load } from 'toydl';
  const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, Trainer, datasets } = await load({ arithmetic: 'fma', threads: 2 });
  const { train } = await datasets.mnist();
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  const trainer = new Trainer(model, train, new CrossEntropy(), new SGD(model.parameters(), { learningRate: 0.1 }), { batchSize: 64 });
  for (let step = 0; step < 100; step++) trainer.step();
  let problem;
  await load({ arithmetic: 'strict' }).catch(({ code }) => (problem = code));
  window.seen = { hash: model.hash(), problem };
</script>`;

test.each([
  { isolated: false, engine: 'toydl-fma.wasm' },
  { isolated: true, engine: 'toydl-fma-threads.wasm' },
])('fused arithmetic and threads, in a page that is isolated or not: $isolated', async ({ isolated, engine }) => {
  const host = await serve('package', { isolated });
  const page = await browser.newPage();
  const engines: string[] = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && engines.push(request.url().split('/').at(-1)!));
  const headers = isolated ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } : {};
  await page.route('**/fused.html', (route) => route.fulfill({ contentType: 'text/html', headers, body: fused }));
  await page.goto(`${host.url}fused.html`);
  const handle = await page.waitForFunction(() => (window as { seen?: unknown }).seen, undefined, { timeout: 60_000 });
  expect(await handle.jsonValue()).toEqual({ hash: golden.fma[100], problem: 'state' });
  expect(engines).toEqual([engine]);
  host.close();
});
