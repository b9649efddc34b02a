import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { hashIs, number, pageUnderTest, phone, state, stepped, text } from './page.js';
import { dist, serve } from './serve.js';

// The built page, on a plain static host, in a real Chromium.

const { open, complaints } = pageUnderTest();

test('it trains by itself, to 96.5 % of the test images and the weights of every other machine', async () => {
  const page = await open();
  const ms = () => page.evaluate(() => Math.round(performance.now()));
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-testid=digits], [data-testid=digits] canvas');
    const pixels = canvas?.width ? canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data : [];
    return pixels.some((value) => value !== pixels[0]);
  });
  const digitsAt = await ms();
  await stepped(page, 1);
  const reportAt = await ms();
  console.log(`first digits after ${digitsAt} ms, first training report after ${reportAt} ms`);
  await state(page, 'done');
  expect(await text(page, 'hash')).toBe(golden.hashes[9380]);
  expect(await number(page, 'accuracy')).toBeGreaterThanOrEqual(96.5);
  expect(await text(page, 'step-number')).toBe('9,380');
  console.log(`done after ${await ms()} ms, at ${await text(page, 'speed')} images a second`);
  expect(complaints).toEqual([]);
});

test('pause, reset and 100 single steps give the weights of every other machine', async () => {
  const page = await open();
  await stepped(page, 1);
  await page.getByTestId('play').click();
  await state(page, 'paused');
  const paused = await text(page, 'step-number');
  await page.waitForTimeout(300);
  expect(await text(page, 'step-number')).toBe(paused);

  await page.getByTestId('reset').click();
  await hashIs(page, golden.hashes[0]);
  await page.getByTestId('step').click();
  await stepped(page, 1);
  expect(await text(page, 'hash')).toBe(golden.hashes[1]);
  await page.locator('h1').click();
  for (let i = 1; i < 100; i++) await page.keyboard.press('ArrowRight');
  await stepped(page, 100);
  await hashIs(page, golden.hashes[100]).catch(() => undefined);
  expect(await text(page, 'step-number')).toBe('100');
  expect(await text(page, 'hash')).toBe(golden.hashes[100]);
  expect(complaints).toEqual([]);
});

test('settings come from the address, go back to it, and what makes no sense in them is named', async () => {
  const page = await open({ hash: '#layers=784,20,10,10&learning-rate=0.05&batch-size=32&epochs=1&seed=7&autoplay=0&colour=red' });
  await state(page, 'paused');
  expect(await page.getByTestId('batch-size').inputValue()).toBe('32');
  expect(await text(page, 'notice')).toContain('colour');
  const seven = await text(page, 'hash');

  const seed = page.getByTestId('seed');
  await seed.fill('-1');
  await seed.press('Enter');
  expect(await text(page, 'seed-error')).toMatch(/whole number|0/);
  expect(await text(page, 'hash')).toBe(seven);

  await seed.fill('8');
  await seed.press('Enter');
  await page.waitForFunction((hash) => document.querySelector('[data-testid=hash]')?.textContent?.trim() !== hash, seven);
  await page.waitForFunction(() => location.hash.includes('seed=8'));

  await page.getByTestId('play').click();
  await state(page, 'done');
  expect(await number(page, 'accuracy')).toBeGreaterThan(85);
});

test('a shard that does not load is named, training goes on with the rest, and a retry gets it', async () => {
  let broken = true;
  const lame = await serve('page', { fails: (path) => broken && path.endsWith('shard-02.gz') });
  try {
    const page = await open({ url: lame.url, hash: '#epochs=1' });
    const retry = page.getByTestId('retry');
    await retry.waitFor();
    expect(await page.getByTestId('problem').innerText()).toContain('shard-02.gz');
    await stepped(page, 50);
    await state(page, 'waiting');
    broken = false;
    await retry.click();
    await state(page, 'done');
    expect(await retry.count()).toBe(0);
  } finally {
    lame.close();
  }
});

test('a loss that becomes NaN stops training with a message, and a reset brings it back', async () => {
  const page = await open({ hash: '#layers=784,512,512,512,512,10&learning-rate=1000&batch-size=1' });
  await state(page, 'failed');
  expect(await text(page, 'problem')).toContain('diverged');
  await page.getByTestId('learning-rate').fill('0.01');
  await page.getByTestId('learning-rate').press('Enter');
  await page.getByTestId('problem-reset').click();
  await state(page, 'paused');
  expect(await text(page, 'step-number')).toBe('0');
});

test('a loss that runs away in mid-training says where it began, and the last good state is one click away', async () => {
  const page = await open({ hash: '#layers=784,512,512,512,512,10&learning-rate=0.02' });
  await stepped(page, 30);
  await page.getByTestId('learning-rate').fill('1000');
  await page.getByTestId('learning-rate').press('Enter');
  await state(page, 'failed');
  expect(await text(page, 'problem')).toMatch(/began in layer \d of 10, Linear\(/);
  const back = page.getByTestId('go-back');
  expect(await back.innerText()).toMatch(/^Back to step \d+, on with 0\.02$/);
  await back.click();
  await state(page, 'running');
  await page.waitForFunction(() => Number(document.querySelector('[data-testid=loss]')?.textContent) < 3);
  expect(await page.getByTestId('learning-rate').inputValue()).toBe('0.02');
  expect(await page.getByTestId('problem').count()).toBe(0);
});

test('a browser without WebAssembly SIMD gets a sentence', async () => {
  const page = await open({ prepare: (page) => page.addInitScript(() => (WebAssembly.validate = () => false)) });
  expect(await text(page, 'unsupported')).toContain('lacks WebAssembly with SIMD');
});

test('a phone shows digits, accuracy and the play button at once, and nothing to scroll sideways', async () => {
  const page = await open({ viewport: phone });
  await stepped(page, 1);
  for (const testId of ['accuracy', 'play', 'digits']) {
    const box = (await page.getByTestId(testId).first().boundingBox())!;
    expect(box.y).toBeLessThan(phone.height);
    expect(box.x + box.width).toBeLessThanOrEqual(phone.width);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

test('what is fetched until it trains, beside the data, is at most 341 KB, gzipped', async () => {
  const files = new Set<string>();
  const page = await open({ prepare: async (page) => void page.on('request', (request) => files.add(new URL(request.url()).pathname.replace('/some/path/', '') || 'index.html')) });
  await stepped(page, 1);
  const sizes = [...files].filter((file) => !file.startsWith('data/') && !file.startsWith('data:'))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, 'page', file)), { level: 9 }).length }));
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  console.log(`until it trains a page fetches ${sizes.length} files, ${bytes} bytes, gzipped: ${sizes.map((size) => `${size.file} ${size.bytes}`).join(', ')}`);
  expect(sizes.filter(({ file }) => file.endsWith('.wasm'))).toHaveLength(1);
  expect(bytes).toBeLessThanOrEqual(341_000);
});

test('where a page may have threads it uses them, and ends with the same weights', async () => {
  const isolated = await serve('page', { isolated: true });
  const engines: string[] = [];
  const page = await open({
    url: isolated.url,
    prepare: async (page) => void page.on('request', (request) => request.url().endsWith('.wasm') && engines.push(request.url())),
  });
  await state(page, 'done');
  expect(await text(page, 'hash')).toContain(golden.hashes[9380]);
  expect(engines).toHaveLength(1);
  if (availableParallelism() > 1) expect(engines[0]).toContain('strict-threads');
  expect(complaints).toEqual([]);
  isolated.close();
});

test('a network by address that no browser could train is refused before it is made', async () => {
  const page = await open({ hash: `#autoplay=0&layers=784,${Array(10).fill(4096).join(',')},10` });
  await state(page, 'paused');
  expect(await text(page, 'notice')).toContain('too large for a page');
  await hashIs(page, golden.hashes[0]);
});
