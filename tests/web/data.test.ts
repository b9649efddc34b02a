import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { number, pageUnderTest, phone, state, stepped, text, violations } from './page.js';
import { serve } from './serve.js';

// The choice of data, and the user's own, in the built page.

const { open, complaints } = pageUnderTest();

const choose = (page: Page, name: string) => page.getByTestId(`data-${name}`).check();
const isChosen = (page: Page, name: string) => page.getByTestId(`data-${name}`).isChecked();
const upload = (page: Page, input: string, ...files: { name: string; buffer: Buffer }[]) =>
  page.getByTestId(input).setInputFiles(files.map((file) => ({ ...file, mimeType: '' })));

/** Flowers of three kinds, 50 of each, some cells of which are wrong. */
function flowers(wrong: Record<number, string> = {}): Buffer {
  let seed = 1;
  const noise = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  const kinds = ['setosa', 'versicolor', 'virginica'];
  const rows = Array.from({ length: 150 }, (_, i) => {
    const kind = i % 3;
    const numbers = [5 + 0.8 * kind + noise(), 3 + noise(), 1.5 + 2 * kind + noise(), 0.2 + 0.9 * kind + noise() / 2].map((value) => value.toFixed(1));
    return [wrong[i + 2] ?? numbers[0], ...numbers.slice(1), kinds[kind]].join(',');
  });
  return Buffer.from(['sepal length,sepal width,petal length,petal width,species', ...rows].join('\n'));
}

/** Pictures of the page's own digits, as PNG files with the class in their names. */
const digitFiles = (page: Page) => page.evaluate(async () => {
  const { pixels, width, height, labels } = (document.querySelector('toydl-digits') as unknown as { digits: Record<'pixels' | 'labels', Uint8Array> & Record<'width' | 'height', number> }).digits;
  const files: { name: string; bytes: number[] }[] = [];
  for (const [i, label] of labels.entries()) {
    const image = new ImageData(width, height);
    for (let j = 0; j < width * height; j++) image.data.fill(255 - pixels[i * width * height + j]!, 4 * j, 4 * j + 3).fill(255, 4 * j + 3, 4 * j + 4);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    files.push({ name: `${label}_${i}.png`, bytes: [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())] });
  }
  return files;
}).then((files) => files.map(({ name, bytes }) => ({ name, buffer: Buffer.from(bytes) })));

test('each toy trains and shows how the plane is divided, and MNIST comes back with a network for it', async () => {
  const page = await open({ hash: '#autoplay=0' });
  await state(page, 'paused');
  await choose(page, 'spiral');
  await page.waitForFunction(() => location.hash.includes('data=spiral') && location.hash.includes('layers=2,16,16,3'));
  await page.getByTestId('play').click();
  for (const name of ['spiral', 'moons', 'circles', 'xor']) {
    if (name !== 'spiral') {
      await choose(page, name);
      await page.getByTestId('start-over').click();
    }
    await page.waitForFunction((wanted) => location.hash.includes(`data=${wanted}`), name);
    await state(page, 'done');
    const boundary = await page.evaluate(() => (document.querySelector('toydl-plane') as unknown as { boundary: { step: number; size: number; classes: Uint8Array } }).boundary);
    expect(boundary.step).toBeGreaterThan(0);
    expect(Object.values(boundary.classes)).toHaveLength(boundary.size ** 2);
    expect(new Set(Object.values(boundary.classes)).size).toBeGreaterThan(1);
    expect(await number(page, 'accuracy'), name).toBeGreaterThan(name === 'spiral' ? 40 : 80);
    expect(await text(page, 'data-hint')).toMatch(/1,000 training and 500 test samples in [23] classes: .*, .*\./);
  }
  await choose(page, 'mnist');
  expect(await text(page, 'pending')).toContain('Data: Squares (xor) → MNIST');
  await page.getByTestId('start-over').click();
  await stepped(page, 1);
  await page.waitForFunction(() => location.hash.includes('layers=784,50,10'));
  expect(complaints).toEqual([]);
});

test('while a run has steps, other data wait: the run goes on as it was, and Undo leaves everything so', async () => {
  const page = await open({ hash: '#epochs=1000' });
  await stepped(page, 20);
  await choose(page, 'moons');
  await page.getByTestId('pending').waitFor();
  const before = await number(page, 'step-number');
  await stepped(page, before + 50);
  expect(await page.getByTestId('digits').isVisible()).toBe(true);
  await page.getByTestId('discard').click();
  await page.getByTestId('pending').waitFor({ state: 'detached' });
  expect(await isChosen(page, 'mnist')).toBe(true);
  expect(new URL(page.url()).hash).toContain('learning-rate=0.1&');
  await page.getByTestId('command').waitFor();
  expect(complaints).toEqual([]);
});

test('a table of one’s own: what is in it is shown, bad rows are named, it is learned, and is still there after a reload', async () => {
  const page = await open();
  await stepped(page, 1);
  await choose(page, 'own');
  await upload(page, 'own-table', { name: 'flowers.csv', buffer: flowers({ 7: 'five' }) });
  const preview = page.getByTestId('own-preview');
  await preview.waitFor();
  expect(await preview.locator('thead .is-class').innerText()).toMatch(/species\s*class/);
  expect(await preview.locator('tbody .is-class').first().innerText()).toBe('setosa');
  expect(await text(page, 'own-problems')).toContain('Row 7, column “sepal length”: “five” is not a number.');
  expect((await text(page, 'own-counts')).split(/\s+/)).toEqual(expect.arrayContaining(['setosa', 'versicolor', 'virginica', '119', '30']));
  expect(await violations(page)).toEqual([]);

  await page.getByTestId('own-use').click();
  await page.getByTestId('start-over').click();
  await page.waitForFunction(() => location.hash.includes('data=own') && location.hash.includes('layers=4,16,16,3'));
  await state(page, 'done');
  expect(await number(page, 'accuracy')).toBeGreaterThan(80);

  await page.reload();
  await state(page, 'done');
  expect(await isChosen(page, 'own')).toBe(true);
  expect(await text(page, 'data-hint')).toContain('119 training and 30 test samples in 3 classes');
  expect(await text(page, 'own-counts')).toContain('versicolor');
  expect(await page.getByTestId('notice').innerText()).not.toContain('could not be used');

  // Others of the same shape, for the same network.
  await upload(page, 'own-table', { name: 'more.csv', buffer: flowers({ 2: 'x', 3: 'x', 4: 'x', 5: 'x', 6: 'x', 7: 'x', 8: '' }) });
  await page.getByTestId('own-more').click();
  expect(await page.getByTestId('own-problems').locator('li').count()).toBe(7);
  await page.getByTestId('own-use').click();
  expect(await text(page, 'pending')).toContain('Other data of your own');
  await page.getByTestId('start-over').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=data]')?.textContent?.includes('114 training'));
  await state(page, 'done');
  expect(complaints).toEqual([]);
});

test('what is no table and no picture is refused in words, and the run goes on', async () => {
  const page = await open({ hash: '#epochs=1000', viewport: phone });
  await stepped(page, 1);
  const files = await digitFiles(page);
  await page.getByTestId('view-build').click();
  await choose(page, 'own');
  const refused = (code: string) => page.locator(`[data-testid=own-refused][data-code=${code}]`).waitFor();
  await upload(page, 'own-table', { name: 'digit.csv', buffer: files[0]!.buffer });
  await refused('not-text');
  expect(await text(page, 'own-refused')).toContain('digit.csv is not a text file');
  await upload(page, 'own-table', { name: 'nothing.csv', buffer: Buffer.alloc(0) });
  await refused('empty-file');
  await upload(page, 'own-pictures', { name: 'a_1.png', buffer: Buffer.from('no picture') }, { name: 'a_2.png', buffer: Buffer.from('no picture') });
  await refused('too-few-pictures');
  expect(await text(page, 'own-problems')).toContain('a_1.png is not a picture');
  expect(await page.getByTestId('own-use').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  expect(await violations(page)).toEqual([]);
  const before = await number(page, 'step-number');
  await stepped(page, before + 10);
  expect(complaints).toEqual([]);
});

test('pictures of one’s own are dropped on the panel, learned from, and are still there after a reload', async () => {
  const page = await open({ hash: '#autoplay=0&epochs=20&batch-size=4&view=learn' });
  await state(page, 'paused');
  await page.waitForFunction(() => (document.querySelector('toydl-digits') as unknown as { digits?: object }).digits);
  const files = await digitFiles(page);
  await page.evaluate((files) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of files) transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: 'image/png' }));
    document.querySelector('toydl-data .data')!.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, files.map(({ name, buffer }) => ({ name, bytes: [...buffer] })));
  await page.getByTestId('own-preview').waitFor();
  const tiles = page.locator('.tiles li');
  expect(await tiles.count()).toBe(32);
  expect(await tiles.first().innerText()).toBe('0');
  expect(await tiles.first().locator('canvas').evaluate((canvas: HTMLCanvasElement) => new Set(canvas.getContext('2d')!.getImageData(0, 0, 28, 28).data).size)).toBeGreaterThan(10);
  await page.getByTestId('own-use').click();
  await page.waitForFunction(() => location.hash.includes('data=own'));
  await page.getByTestId('play').click();
  await state(page, 'done');
  expect(await text(page, 'data')).toContain('26 training and 6 test samples');
  await page.reload();
  await state(page, 'done');
  expect(await text(page, 'data')).toContain('26 training and 6 test samples');
  expect(complaints).toEqual([]);
});

test('an address of somebody else’s own data shows MNIST, and says so', async () => {
  const page = await open({ hash: '#data=own&layers=4,16,16,3&optimizer=Adam&learning-rate=0.01' });
  await stepped(page, 1);
  expect(await text(page, 'notice')).toContain('somebody’s own data');
  expect(await isChosen(page, 'mnist')).toBe(true);
  await page.waitForFunction(() => location.hash.includes('layers=784,50,10&optimizer=SGD&learning-rate=0.1'));
  expect(complaints).toEqual([]);
});

test('a data set that is not on the server is named, and another one can be chosen', async () => {
  const without = await serve('page', { fails: (path) => path.includes('/fashion/') });
  try {
    const page = await open({ url: without.url, hash: '#data=fashion' });
    await page.getByTestId('retry').waitFor();
    expect(await text(page, 'problem')).toContain('fashion');
    await choose(page, 'circles');
    await state(page, 'done');
    expect(await page.getByTestId('retry').count()).toBe(0);
  } finally {
    without.close();
  }
});

test('where there is no room to store them, one’s own data work until the page is left, and that is said', async () => {
  const page = await open({
    hash: '#autoplay=0',
    prepare: (page) => page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (key === 'toydl-own-data') throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
    }),
  });
  await state(page, 'paused');
  await choose(page, 'own');
  await upload(page, 'own-table', { name: 'flowers.csv', buffer: flowers() });
  await page.getByTestId('own-use').click();
  await page.getByTestId('notice').getByText('could not store your data').waitFor();
  await page.getByTestId('play').click();
  await state(page, 'done');
  await page.waitForFunction(() => location.hash.includes('data=own'));
  await page.reload();
  await page.getByTestId('notice').getByText('somebody’s own data').waitFor();
  expect(complaints).toEqual([]);
});
