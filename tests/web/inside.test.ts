import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Config } from '../../wasm/src/training/protocol.js';
import { pageUnderTest, phone, state, stepped, text, violations } from './page.js';

// The looks into a network and onto the plane, in a real Chromium.

const { open, complaints } = pageUnderTest();

const address = (settings: Record<string, string | Config[]>) =>
  `#autoplay=0&${Object.entries(settings).map(([name, value]) => `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`).join('&')}`;

const linear = (inFeatures: number, outFeatures: number, options = {}): Config => ({ type: 'Linear', inFeatures, outFeatures, ...options });
const conv = (inChannels: number, outChannels: number): Config => ({ type: 'Conv2D', inChannels, outChannels, kernelSize: 5 });
const [relu, softmax, pool]: Config[] = [{ type: 'ReLU' }, { type: 'Softmax' }, { type: 'MaxPool2D', size: 2 }];
const cnn = [{ type: 'Reshape', shape: [1, 28, 28] }, conv(1, 4), relu, pool, conv(4, 12), relu, pool, { type: 'Flatten' }, linear(192, 10), softmax] as Config[];

/** Numbers in the text of all that have a test id. */
const numbers = async (page: Page, testId: string) => (await page.getByTestId(testId).allInnerTexts()).map((shown) => Number(shown.replace(/[^\d.E-]/g, '')));
const labels = (page: Page, testId: string) => page.getByTestId(testId).locator('canvas').evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute('aria-label')!));
const pixels = (page: Page, canvas: string) => page.locator(canvas).first().evaluate((element) => (element as HTMLCanvasElement).toDataURL());
const sampleShows = (page: Page, name: string) => page.waitForFunction((wanted) => document.querySelector('[data-testid=sample-class]')?.textContent?.includes(`: ${wanted}.`), name);

test('a convolutional network shows all of its layers, in numbers too, and what they learn', async () => {
  const page = await open({ hash: address({ view: 'inside', layers: cnn, optimizer: 'Adam', 'learning-rate': '0.004' }) });
  await page.getByTestId('layer').first().waitFor();
  expect(await page.getByTestId('layer').allInnerTexts()).toHaveLength(cnn.length);
  expect(await numbers(page, 'layer-gradient')).toEqual([0, 0, 0]);
  expect(await text(page, 'learning-hint')).toContain('All gradients are 0');

  await page.getByTestId('step').click();
  await stepped(page, 1);
  await page.waitForFunction(() => !document.querySelector('[data-testid=learning-hint]')!.textContent!.includes('All gradients are 0'));
  for (const norm of await numbers(page, 'layer-gradient')) expect(norm).toBeGreaterThan(0);
  const probabilities = await page.getByTestId('probabilities').innerText();
  const shares = [...probabilities.matchAll(/([\d.]+)%/g)].map(([, share]) => Number(share));
  expect(shares).toHaveLength(10);
  expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
  expect(await text(page, 'answer')).toMatch(/The model says \d, with [\d.]+%/);

  expect(await labels(page, 'output')).toEqual([
    expect.stringMatching(/^An image of 28 × 28 numbers from 0 to 1\.$/),
    expect.stringMatching(/^4 images of 24 × 24 numbers from -[\d.]+ to [\d.]+\.$/),
    expect.stringMatching(/^4 images of 24 × 24 numbers from 0 to [\d.]+\.$/),
    expect.stringMatching(/^4 images of 12 × 12 numbers from [\d.]+ to [\d.]+\.$/),
  ]);
  // What is folded costs nothing, and is drawn when it is opened.
  const last = page.getByTestId('layer').last();
  await last.locator('summary').click();
  await last.locator('canvas').waitFor();
  expect((await labels(page, 'output')).at(-1)).toMatch(/^10 numbers from [\d.]+ to [\d.]+; 0 are 0, and the greatest is number \d+\.$/);
  expect((await labels(page, 'weights'))[0]).toMatch(/^4 images of 5 × 5 numbers/);
  expect(await last.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 10, 10).data.some((byte) => byte > 0))).toBe(true);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('any test sample can be looked at, or a drawing, and other data begin with their first', async () => {
  const page = await open({ hash: address({ view: 'inside', layers: '784,20,10' }) });
  await sampleShows(page, '7');
  await page.getByText('0 to 9,999').waitFor();
  const seven = await pixels(page, '[data-testid=sample] canvas');
  await page.getByTestId('next').click();
  await sampleShows(page, '2');
  expect(await pixels(page, '[data-testid=sample] canvas')).not.toBe(seven);
  const index = page.getByTestId('index');
  expect(await index.inputValue()).toBe('1');
  await page.getByTestId('previous').click();
  await page.getByTestId('previous').click();
  expect(await index.inputValue()).toBe('9999');
  await page.evaluate(() => (Math.random = () => 0.0004));
  await page.getByTestId('random').click();
  await sampleShows(page, '4');
  expect(await index.inputValue()).toBe('4');
  await index.fill('3');
  await index.press('Enter');
  await sampleShows(page, '0');
  await index.fill('nonsense');
  await index.press('Enter');
  expect(await index.inputValue()).toBe('3');

  const emit = (type: string, detail: unknown) =>
    page.locator('toydl-inside').evaluate((panel, event) => panel.dispatchEvent(new CustomEvent(event.type, { detail: event.detail, bubbles: true })), { type, detail });
  await emit('toydl-watch', { kind: 'values', values: new Float32Array(784).fill(0.5) });
  await page.getByText('Your drawing.').waitFor();
  await emit('toydl-data', { name: 'spiral' });
  await page.getByTestId('sample').getByText(/^x1 = /).waitFor();
  expect(await text(page, 'sample-class')).toMatch(/arm/);
  expect(complaints).toEqual([]);
});

test('units that are dead are counted', async () => {
  const hopeless = [linear(784, 12, { biasInitializer: { type: 'Constant', value: -100 } }), relu, linear(12, 10), softmax] as Config[];
  const page = await open({ hash: address({ view: 'inside', layers: hopeless }) });
  await page.getByTestId('dead').waitFor();
  expect(await text(page, 'dead')).toBe('12 of 12 units gave 0 for each of 64 test samples.');
});

test('the plane is divided as training goes on, and the picture is told in words', async () => {
  const page = await open({ hash: address({ data: 'moons', layers: '2,16,16,2', optimizer: 'Adam', 'learning-rate': '0.01' }) });
  const label = () => page.getByTestId('plane').getAttribute('aria-label');
  await page.waitForFunction(() => document.querySelector('[data-testid=plane]')?.getAttribute('aria-label')?.includes('training samples'));
  expect(await label()).toMatch(/^Of the square, the model gives [\d.]+% to upper moon, [\d.]+% to lower moon\. [\d.]+% of 500 training samples lie/);
  const before = await pixels(page, '[data-testid=plane]');
  await page.getByTestId('play').click();
  await state(page, 'done');
  await page.waitForFunction(() => Number(/([\d.]+)% of 500/.exec(document.querySelector('[data-testid=plane]')!.getAttribute('aria-label')!)![1]) > 97);
  expect(await pixels(page, '[data-testid=plane]')).not.toBe(before);
  expect(await page.locator('.plane-key').innerText()).toMatch(/upper moon\s+lower moon/);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a phone has nothing to scroll sideways', async () => {
  const page = await open({ viewport: phone, hash: address({ view: 'inside', layers: '784,50,10' }) });
  await page.getByTestId('weights').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  for (const name of ['previous', 'next', 'random']) expect((await page.getByTestId(name).boundingBox())!.height).toBeGreaterThanOrEqual(40);
});
