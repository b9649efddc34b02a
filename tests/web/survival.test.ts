import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { hashIs, number, pageUnderTest, state, stepped, text } from './page.js';

// Training outlives what can happen to it: a reload, a dead worker, a hidden tab, a full disk; and it leaves as a file.

const { open, complaints } = pageUnderTest();
const step = (page: Page) => number(page, 'step-number');
const small = '#layers=784,20,10&epochs=40';

/** Pauses after so many steps, and says where that was. */
async function pausedAfter(page: Page, least: number): Promise<{ at: number; hash: string }> {
  await stepped(page, least);
  await page.getByTestId('play').click();
  await state(page, 'paused');
  return { at: await step(page), hash: await text(page, 'hash') };
}

/** When the page has stored a state of at least this step. */
const stored = (page: Page, least: number) =>
  expect.poll(() => page.evaluate(() => new Promise<number>((resolve) => {
    const request = indexedDB.open('keyval-store');
    request.onsuccess = () => {
      const database = request.result;
      if (!database.objectStoreNames.contains('keyval')) return resolve(-1);
      const record = database.transaction('keyval').objectStore('keyval').get('toydl-run');
      record.onsuccess = () => {
        database.close();
        resolve(record.result?.step ?? -1);
      };
    };
  })), { timeout: 30_000 }).toBeGreaterThanOrEqual(least);

test('a reload goes on where training was, to the bits of a run without one', async () => {
  const page = await open({ hash: '#epochs=2' });
  const { at, hash } = await pausedAfter(page, 200);
  await stored(page, at);
  await page.reload();
  await state(page, 'paused');
  await stepped(page, at);
  expect(await step(page)).toBe(at);
  expect(await text(page, 'hash')).toBe(hash);
  expect(await text(page, 'notice')).toContain(`at step ${at.toLocaleString('en')}`);
  await page.getByTestId('notice').getByRole('button').click();
  await page.getByTestId('notice').waitFor({ state: 'detached' });
  await page.getByTestId('play').click();
  await state(page, 'done');
  expect(await step(page)).toBe(1876);

  const straight = await open({ hash: '#epochs=2' });
  await state(straight, 'done');
  expect(await text(page, 'hash')).toBe(await text(straight, 'hash'));
  expect(complaints).toEqual([]);
});

test('another address than that of the stored run begins a run of its own', async () => {
  const page = await open({ hash: '#seed=1&epochs=1' });
  await stepped(page, 20);
  await page.getByTestId('play').click();
  await stored(page, 20);
  await page.goto('about:blank');
  await page.goBack();
  await stepped(page, 20);
  await page.evaluate(() => { location.hash = '#seed=42&autoplay=0'; location.reload(); });
  await state(page, 'paused');
  await hashIs(page, golden.hashes[0]);
});

test('a worker that is killed in mid-training is replaced, and training goes on from the checkpoint', async () => {
  const page = await open({
    hash: small,
    prepare: (page) => page.addInitScript(() => {
      const made: Worker[] = [];
      const Original = Worker;
      window.Worker = class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          made.push(this);
        }
      };
      Object.assign(window, { made });
    }),
  });
  await page.getByTestId('pending').waitFor({ state: 'detached' });
  await stored(page, 100);
  await page.evaluate(() => (window as unknown as { made: Worker[] }).made.at(-1)!.terminate());
  const notice = page.getByTestId('notice');
  await notice.waitFor();
  expect(await notice.innerText()).toMatch(/went on from step [\d,]+/);
  const from = Number(/step ([\d,]+)/.exec(await notice.innerText())![1]!.replace(',', ''));
  expect(from).toBeGreaterThanOrEqual(100);
  // The dead one may have said more than it left behind.
  await stepped(page, await step(page) + 200);
  expect(await page.getByTestId('state').getAttribute('data-state')).toBe('running');
});

test('a hidden tab goes on training, and has little to do when it is shown', async () => {
  const page = await open({ hash: small });
  await stepped(page, 50);
  // What hiding does to a page: no frames.
  await page.evaluate(() => {
    const held: FrameRequestCallback[] = [];
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => held.push(callback);
    Object.assign(window, { show: () => {
      window.requestAnimationFrame = frame;
      const { length } = held;
      for (const callback of held.splice(0)) frame(callback);
      return length;
    } });
  });
  await page.waitForTimeout(500);
  const before = await step(page);
  await page.waitForTimeout(3000);
  expect(await step(page)).toBe(before);
  expect(await page.evaluate(() => (window as unknown as { show(): number }).show())).toBeLessThan(10);
  await stepped(page, before + 1000);
});

test('a model leaves as a file, comes back, and goes on to the same bits', async () => {
  const page = await open({ hash: '#layers=784,20,10&optimizer=Adam&learning-rate=0.003&epochs=1&seed=5' });
  const { at, hash } = await pausedAfter(page, 100);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-model').click()]);
  expect(download.suggestedFilename()).toBe(`toydl-mnist-step-${at}.safetensors`);
  const file = join(tmpdir(), `${process.pid}-${download.suggestedFilename()}`);
  await download.saveAs(file);
  await page.getByTestId('play').click();
  await state(page, 'done');
  const end = await text(page, 'hash');

  const other = await open({ hash: '#autoplay=0' });
  await state(other, 'paused');
  await other.getByTestId('open-model').setInputFiles(file);
  await hashIs(other, hash);
  expect(await step(other)).toBe(at);
  await other.getByTestId('play').click();
  await state(other, 'done');
  expect(await text(other, 'hash')).toBe(end);
  expect(await other.evaluate(() => location.hash)).toMatch(/seed=5/);

  // Rubbish loses nothing.
  const kept = await text(other, 'hash');
  const bytes = await readFile(file);
  for (const [name, content, reason] of [
    ['cut.safetensors', bytes.subarray(0, 20), 'header'],
    ['text.safetensors', Buffer.from('hello, this is no model at all'), 'not a checkpoint'],
    ['short.safetensors', bytes.subarray(0, bytes.length - 100), 'short'],
    ['nan.safetensors', Buffer.concat([bytes.subarray(0, bytes.length - 400), Buffer.alloc(400, 255)]), 'damaged'],
  ] as const) {
    const bad = join(tmpdir(), `${process.pid}-${name}`);
    await writeFile(bad, content);
    await other.getByTestId('open-model').setInputFiles(bad);
    const said = other.locator('[data-testid=notice], [data-testid=problem]');
    await expect.poll(async () => (await said.allInnerTexts()).join(' '), { timeout: 10_000 }).toContain(reason);
    expect(await text(other, 'hash')).toBe(kept);
  }
});

test('where nothing can be stored the page says so, and trains', async () => {
  const page = await open({
    hash: small,
    prepare: (page) => page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    }),
  });
  await page.getByTestId('notice').waitFor();
  expect(await text(page, 'notice')).toContain('will not survive a reload');
  await stepped(page, (await step(page)) + 50);
  expect(complaints).toEqual([]);
});
