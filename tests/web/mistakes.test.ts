import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { measured, number, pageUnderTest, phone, state, text, violations } from './page.js';

// The confusion matrix and the samples behind its numbers, in the built page.

const { open, complaints } = pageUnderTest();
const small = '#layers=784,20,10&epochs=2&autoplay=0&view=mistakes';

/** The numbers of the matrix, row after row. */
const counts = (page: Page) =>
  page.getByTestId('confusion').locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td:not(.margin)')].map((cell) => Number(cell.textContent))));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const shown = (page: Page, count: number) => page.waitForFunction((n) => document.querySelectorAll('[data-testid=sample]').length === n, count);
const watchedIndex = (page: Page) =>
  page.waitForFunction(() => (document.querySelector('toydl-inside') as unknown as { watched?: { watch: { sample: { index: number } } } } | null)?.watched)
    .then((watched) => watched.evaluate(({ watch }) => watch.sample.index));

test('the matrix counts every test sample, a number opens its samples, and a sample opens inside the network', async () => {
  const page = await open({ hash: small });
  await state(page, 'paused');
  expect(await text(page, 'mistakes-summary')).toContain('Nothing has been measured yet');
  expect(await page.getByTestId('confusion').count()).toBe(0);

  await page.keyboard.press('e');
  await measured(page, 1);
  const matrix = await counts(page);
  const right = sum(matrix.map((row, i) => row[i]!));
  expect(matrix.map((row) => row.length)).toEqual(Array(10).fill(10));
  expect(sum(matrix.flat())).toBe(10_000);
  expect((right / 100).toFixed(1)).toBe((await number(page, 'accuracy')).toFixed(1));

  const wrong = matrix.flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count }))).filter(({ actual, predicted }) => actual !== predicted);
  const worst = wrong.reduce((most, cell) => (cell.count > most.count ? cell : most));
  expect(await text(page, 'mistakes-summary'))
    .toBe(`${right.toLocaleString('en')} of 10,000 right; most often ${worst.actual} was taken for ${worst.predicted}: ${worst.count} times.`);
  expect(await page.getByTestId('confusion').locator('tbody td.margin').first().innerText()).toBe(String(Math.round((100 * matrix[0]![0]!) / sum(matrix[0]!))));

  // A few mistakes, and many that were recognised: of those only the first.
  const few = wrong.find(({ count }) => count > 1 && count < 40)!;
  await page.getByTestId('cell-1-1').click();
  await shown(page, 40);
  await page.getByTestId(`cell-${few.actual}-${few.predicted}`).click();
  await shown(page, few.count);
  expect(await page.locator('[aria-expanded=true]').count()).toBe(1);
  const sample = page.getByTestId('sample').nth(1);
  const index = Number(await sample.getAttribute('data-index'));
  expect(await sample.getAttribute('aria-label')).toBe(`Test sample ${index.toLocaleString('en')}: ${few.actual}, taken for ${few.predicted}`);
  const ink = await sample.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, 28, 28);
    return [canvas.width, canvas.height, data.filter((value, i) => i % 4 === 3 && value > 127).length];
  });
  expect(ink.slice(0, 2)).toEqual([28, 28]);
  expect(ink[2]).toBeGreaterThan(20);
  expect(await violations(page)).toEqual([]);

  await sample.click();
  await page.waitForFunction(() => location.hash.includes('view=inside'));
  expect(await watchedIndex(page)).toBe(index);

  // The cell is still open for whoever comes back, and while training goes on.
  await page.getByTestId('view-mistakes').click();
  await shown(page, few.count);
  await page.locator('h1').click();
  await page.keyboard.press('e');
  await measured(page, 2);
  const now = (await counts(page))[few.actual]![few.predicted]!;
  expect(await page.getByTestId(`cell-${few.actual}-${few.predicted}`).getAttribute('aria-expanded')).toBe('true');
  await shown(page, Math.min(now, 40));
  await page.getByTestId(`cell-${few.actual}-${few.predicted}`).click();
  await shown(page, 0);
  expect(complaints).toEqual([]);
});

test('all of it works with the keyboard alone, and its arrows train nothing', async () => {
  const page = await open({ hash: small });
  await state(page, 'paused');
  await page.keyboard.press('e');
  await measured(page, 1);
  const step = await text(page, 'step-number');
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.testid);

  // Tab leads to one number of the matrix, the most frequent mistake, and then out of it.
  await page.getByTestId('view-mistakes').focus();
  await page.keyboard.press('Tab');
  const [, actual, predicted] = /^cell-(\d)-(\d)$/.exec((await focused())!)!.map(Number);
  expect(await text(page, 'mistakes-summary')).toContain(`${actual} was taken for ${predicted}`);
  await page.keyboard.press('Tab');
  expect(await focused()).not.toMatch(/^cell/);
  await page.keyboard.press('Shift+Tab');

  // To the one on the diagonal in the same row, over whatever is empty.
  const [key, steps] = actual! < predicted! ? ['ArrowLeft', predicted! - actual!] : ['ArrowRight', actual! - predicted!];
  for (let i = 0; i < steps! && (await focused()) !== `cell-${actual}-${actual}`; i++) await page.keyboard.press(key as string);
  expect(await focused()).toBe(`cell-${actual}-${actual}`);
  await page.keyboard.press('Enter');
  await shown(page, 40);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('sample');
  const index = await page.evaluate(() => Number((document.activeElement as HTMLElement).dataset.index));
  await page.keyboard.press('Enter');
  expect(await watchedIndex(page)).toBe(index);
  expect(await text(page, 'step-number')).toBe(step);
  expect(complaints).toEqual([]);
});

test('points of the plane are listed by their numbers', async () => {
  const page = await open({ hash: '#data=spiral&layers=2,8,3&epochs=1&autoplay=0&view=mistakes' });
  await state(page, 'paused');
  await page.keyboard.press('e');
  await measured(page, 1);
  await page.getByTestId('confusion').locator('tbody button').first().click();
  const sample = page.getByTestId('sample').first();
  await sample.waitFor();
  expect(await sample.innerText()).toMatch(/^-?[\d.]+; -?[\d.]+$/);
  expect(complaints).toEqual([]);
});

test('names of clothes fit on a phone, in the dark too', async () => {
  const page = await open({ hash: `${small}&data=fashion`, viewport: phone });
  await page.emulateMedia({ colorScheme: 'dark' });
  await state(page, 'paused');
  const table = page.getByTestId('confusion');
  // It is measured after a moment of training, which may be a few steps.
  for (let i = 0; i < 20 && (await table.count()) === 0; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(100);
  }
  expect(await table.locator('tbody th').last().innerText()).toBe('Ankle boot');
  const widths = await page.evaluate(() => [document.documentElement, document.querySelector('.matrix')!].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  expect(widths).toEqual([0, 0]);
  const { width, height } = (await table.locator('button').first().boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(40);
  expect(width).toBeGreaterThan(20);
  expect(await violations(page)).toEqual([]);
});
