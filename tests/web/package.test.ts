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
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.route('**/example.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${host.url}example.html`);
  const handle = await page.waitForFunction(() => (window as { seen?: unknown }).seen, undefined, { timeout: 120_000 });
  const seen = (await handle.jsonValue()) as { hashes: Record<number, string>; fitted: number; byHand: number };
  expect(seen.hashes).toEqual({ 1: golden.hashes[1], 100: golden.hashes[100], 9380: golden.hashes[9380] });
  expect(seen.fitted).toBeGreaterThan(0.965);
  expect(seen.byHand).toBeGreaterThan(0.965);
  expect(errors).toEqual([]);
});
