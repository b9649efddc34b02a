import { load } from 'toydl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium, firefox, webkit, type AnyBrowser } from '../browsers.js';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { serve } from './serve.js';

// The element trains in every engine there is, to the same weights.

const { FIREFOX, WEBKIT_DRIVER } = process.env;
let host: Awaited<ReturnType<typeof serve>>;
/** The weights after an epoch of the first digits, in Node. */
let trained: string;

beforeAll(async () => {
  const { Model, Linear, ReLU, Softmax, CrossEntropy, SGD, datasets } = await load({ dataUrl: new URL('../../dist/page/toydl/data/', import.meta.url) });
  const { train } = await datasets.mnist();
  const model = new Model([new Linear(784, 50), new ReLU(), new Linear(50, 10), new Softmax()], { seed: 42 });
  await model.fit(train, new CrossEntropy(), new SGD(model.parameters(), { learningRate: 0.1 }), { epochs: 1, batchSize: 64 });
  trained = model.hash();
  host = await serve('page', { pages: { 'tutorial.html': '<!doctype html><title>A tutorial</title><script type="module" src="toydl/element/element.js"></script>' } });
});
afterAll(() => host?.close());

/** Runs in the page: an element is added, trains for an epoch, and is removed while it trains again. */
const trains = `(async () => {
  await customElements.whenDefined('toydl-playground');
  const playground = document.createElement('toydl-playground');
  const failure = new Promise((_, reject) => playground.addEventListener('toydl-error', ({ detail }) => reject(new Error(detail.message))));
  const happens = (name, isIt = () => true) => Promise.race([failure, new Promise((resolve) => {
    playground.addEventListener(name, ({ detail }) => isIt(detail) && resolve(detail));
  })]);
  for (const [name, value] of Object.entries({ loading: 'eager', layers: '784,50,10', 'learning-rate': '0.1', epochs: '1', autoplay: '' })) playground.setAttribute(name, value);
  const ready = happens('toydl-ready');
  const epoch = happens('toydl-epoch');
  document.body.append(playground);
  const first = (await ready).hash;
  const last = await epoch;
  const shown = [...playground.shadowRoot.querySelectorAll('[part~=card]')].map((card) => getComputedStyle(card).display !== 'none' && card.clientWidth > 0);
  // So long that it is still at it when it is removed.
  playground.setAttribute('epochs', '1000');
  const restarted = happens('toydl-report', ({ step, epochs }) => step > 0 && epochs === 1000);
  await playground.reset();
  await playground.start();
  await restarted;
  playground.remove();
  return { first, last: last.hash, accuracy: last.accuracy, shown };
})()`;

test.each<{ name: string; open: (() => Promise<AnyBrowser>) | undefined }>([
  { name: 'Chromium', open: chromium },
  { name: 'Firefox', open: FIREFOX ? () => firefox(FIREFOX) : undefined },
  { name: 'WebKit', open: WEBKIT_DRIVER ? () => webkit(WEBKIT_DRIVER) : undefined },
].filter(({ open }) => open !== undefined))('$name', async ({ name, open }) => {
  const browser = await open!();
  try {
    const result = await browser.run<{ first: string; last: string; accuracy: number; shown: boolean[] }>(`${host.url}tutorial.html`, trains);
    console.log(`${name}: ${result.first} becomes ${result.last}`);
    expect(result.shown).toEqual([true, true, true]);
    expect(result.accuracy).toBeGreaterThan(0.6);
    expect([result.first, result.last]).toEqual([golden.hashes[0], trained]);
  } finally {
    await browser.close();
  }
});
