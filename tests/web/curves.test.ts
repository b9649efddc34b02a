import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { measured, pageUnderTest, phone, state, stepped, text, violations } from './page.js';

// Curves of this run and of those before it, and the files that they are handed out as.

const { open, complaints } = pageUnderTest();
const small = (learningRate: number, seed = 42) => `#layers=784,10,10&learning-rate=${learningRate}&epochs=3&autoplay=0&seed=${seed}`;

const earlier = (page: Page) => page.getByTestId('earlier-runs').locator('li').allInnerTexts();
/** Without the test accuracy: whether a run of a few steps has one is a matter of time. */
const changes = async (page: Page) => (await earlier(page)).map((label) => label.replace(/, test accuracy.*/, ''));
const inWords = (page: Page, chart: 'loss' | 'accuracy') => page.locator(`.${chart}-chart`).getAttribute('aria-label');
const address = (page: Page, hash: string) => page.evaluate((next) => (location.hash = next), hash);

async function steps(page: Page, count: number): Promise<void> {
  await page.locator('h1').click();
  for (let i = 0; i < count; i++) await page.keyboard.press('ArrowRight');
  await stepped(page, count);
}

/** Whether a colour of the page is anywhere in a chart. */
const isDrawn = (page: Page, chart: string, colour: string) => page.evaluate(([chart, colour]) => {
  const canvas = document.querySelector<HTMLCanvasElement>(`.${chart}-chart canvas`)!;
  const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
  probe.fillStyle = getComputedStyle(canvas).getPropertyValue(colour!).trim();
  probe.fillRect(0, 0, 1, 1);
  const wanted = probe.getImageData(0, 0, 1, 1).data;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) if ([0, 1, 2].every((c) => Math.abs(data[i + c]! - wanted[c]!) < 12) && data[i + 3]! > 200) return true;
  return false;
}, [chart, colour]);

async function downloaded(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('an earlier run stays as a faint curve that says what has changed since, and all curves can be taken along', async () => {
  const page = await open({ hash: small(0.1) });
  await state(page, 'paused');
  expect(await page.getByTestId('earlier-runs').count()).toBe(0);
  expect(await inWords(page, 'loss')).toBe('The training loss has no values yet. The test loss has no values yet.');
  await page.keyboard.press('e');
  await measured(page, 1);
  const accuracy = await text(page, 'accuracy');
  expect(await inWords(page, 'loss')).toMatch(/^The training loss went from [\d.]+ to [\d.]+ in 1\.0 epochs\. Its lowest was [\d.]+\. The test loss went from /);
  expect(await inWords(page, 'accuracy')).toContain(`to ${accuracy} in 1.0 epochs`);
  for (const [chart, colour] of [['loss', '--error'], ['accuracy', '--accent']] as const) expect(await isDrawn(page, chart, colour)).toBe(true);
  expect(await isDrawn(page, 'loss', '--field')).toBe(false);

  await address(page, small(0.01));
  await page.keyboard.press('r');
  await page.getByTestId('earlier-runs').waitFor();
  expect(await earlier(page)).toEqual([`Learning rate: 0.1 → 0.01, test accuracy ${accuracy}`]);
  await steps(page, 3);
  expect(await inWords(page, 'accuracy')).toContain('the curve of an earlier run');
  for (const chart of ['loss', 'accuracy']) expect(await isDrawn(page, chart, '--field')).toBe(true);

  await page.keyboard.press('r');
  await steps(page, 2);
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=earlier-runs] li').length === 2);
  expect(await changes(page)).toEqual(['same settings', 'Learning rate: 0.1 → 0.01']);
  const dashes = await page.getByTestId('earlier-runs').locator('line').evaluateAll((lines) => lines.map((line) => line.getAttribute('stroke-dasharray')));
  expect(new Set(dashes).size).toBe(2);
  expect(await violations(page)).toEqual([]);

  const csv = await downloaded(page, 'curves-csv');
  expect(csv.name).toBe('toydl-mnist-curves.csv');
  const [header, ...rows] = Papa.parse<string[]>(csv.bytes.toString(), { skipEmptyLines: true }).data;
  expect(header).toEqual(['run', 'curve', 'epoch', 'value']);
  const points = await page.evaluate(() => {
    const { curves, earlier } = document.querySelector('toydl-curves') as unknown as { curves: object; earlier: { curves: object }[] };
    return [curves, ...earlier.map((run) => run.curves)].flatMap((run) => Object.values(run)).reduce((sum, { xs }) => sum + xs.length, 0);
  });
  expect(rows).toHaveLength(points);
  expect(rows.filter(([run, curve]) => run === 'this run' && curve === 'training loss').map(([, , epoch]) => Number(epoch))).toEqual([1 / 938, 2 / 938]);
  expect(new Set(rows.map(([run]) => run))).toEqual(new Set(['this run', 'earlier run 1 (same settings)', 'earlier run 2 (Learning rate: 0.1 → 0.01)']));
  expect(rows.every(([, , epoch, value]) => Number.isFinite(Number(epoch)) && Number.isFinite(Number(value)))).toBe(true);
  const final = rows.filter(([run, curve]) => run!.startsWith('earlier run 2') && curve === 'test accuracy').at(-1)![3];
  expect(Math.abs(100 * Number(final) - Number.parseFloat(accuracy))).toBeLessThan(0.051);

  const png = await downloaded(page, 'curves-png');
  expect(png.name).toBe('toydl-mnist-curves.png');
  expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const picture = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const isInked = (row: number) => {
      for (let i = 4 * row * bitmap.width; i < 4 * (row + 1) * bitmap.width; i += 4) if (data[i] !== data[0]) return true;
      return false;
    };
    return { width: bitmap.width, height: bitmap.height, opaque: data[3], rows: Array.from({ length: bitmap.height }, (_, row) => isInked(row)).filter(Boolean).length };
  }, png.bytes.toString('base64'));
  expect(picture).toMatchObject({ width: 1440, opaque: 255 });
  expect(picture.height).toBeGreaterThan(1200);
  expect(picture.rows).toBeGreaterThan(800);
  expect(complaints).toEqual([]);
});

test('a run with another seed is labelled so, also on a phone', async () => {
  const page = await open({ hash: small(0.1), viewport: phone });
  await state(page, 'paused');
  await steps(page, 2);
  await address(page, small(0.1, 43));
  await page.getByTestId('earlier-runs').waitFor();
  expect(await changes(page)).toEqual(['Seed: 42 → 43']);
  await steps(page, 1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  expect(complaints).toEqual([]);
});
