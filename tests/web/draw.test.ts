import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { load } from 'toydl';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Drawing } from '../../web/src/draw/pad.js';
import { preprocess } from '../../web/src/draw/preprocess.js';
import { launch } from './browser.js';
import { draw } from './drawing.js';
import { pageUnderTest, state } from './page.js';
import { piecePage } from './piece-page.js';
import { strokesOf } from './strokes.js';

// Drawing on the pad, with real mouse and keys, and a model that reads it.

const pad = 'toydl-pad canvas';
const { open: openPage } = pageUnderTest();
let browser: Browser;
let html: string;

beforeAll(async () => {
  [browser, html] = await Promise.all([launch(), piecePage('pad-demo.ts', `
    <style>
      main { max-width: 18rem; }
      #steps { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.5rem; }
    </style>
    <main><toydl-pad></toydl-pad><div id="steps"></div></main>`)]);
});
afterAll(() => browser?.close());

type Seen = Window & { told: number; drawing: Drawing; keys: string[] };

/** A page of the pad alone that keeps what the pad tells, and the keys that get past it. */
async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.setContent(html);
  await page.evaluate(() => {
    const seen = window as unknown as Seen;
    [seen.told, seen.keys] = [0, []];
    document.addEventListener('pad-change', (event) => {
      seen.told++;
      seen.drawing = (event as CustomEvent<Drawing>).detail;
    });
    addEventListener('keydown', ({ key }) => seen.keys.push(key));
  });
  return page;
}

/** How often the pad told its drawing. */
const told = (page: Page) => page.evaluate(() => (window as unknown as Seen).told);

/** What it told last. */
async function drawingOf(page: Page): Promise<Drawing> {
  const { pixels, ...size } = await page.evaluate(() => {
    const { drawing } = window as unknown as Seen;
    return { ...drawing, pixels: [...drawing.pixels] };
  });
  return { pixels: Uint8Array.from(pixels), ...size };
}

const ink = async (page: Page) => (await drawingOf(page)).pixels.reduce((sum, value) => sum + value, 0);

/** Device pixels of the canvas that are not transparent. */
const visible = (page: Page) => page.locator(pad).evaluate((canvas: HTMLCanvasElement) =>
  canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 0).length);

const line = [{ x: 0.2, y: 0.3 }, { x: 0.5, y: 0.35 }, { x: 0.8, y: 0.3 }];

test('the page’s network, once trained, reads at least 95 of 100 digits that are drawn on its pad', async () => {
  const { test: digits } = await (await load()).datasets.mnist();
  const count = 100;
  const { x, y } = digits.slice(0, count);
  const [images, labels] = [x.toArray(), y.toArray()];
  const page = await openPage({ hash: '#view=draw' });
  await state(page, 'done');
  const wrong: number[] = [];
  for (let i = 0; i < count; i++) {
    await draw(page, pad, strokesOf(images.subarray(784 * i, 784 * i + 784).map((value) => 255 * value)));
    // The page shows new numbers ten times a second.
    await page.waitForTimeout(180);
    if (Number(await page.getByTestId('probabilities').getAttribute('data-best')) !== labels[i]) wrong.push(i);
    await page.getByTestId('pad-clear').click();
  }
  console.log(`${count - wrong.length} of ${count} drawn digits read; not: ${wrong.join(', ')}`);
  expect(wrong.length).toBeLessThanOrEqual(5);
});

test('what the model sees depends neither on the size of the pad nor on the screen', async () => {
  const seen: Uint8Array[] = [];
  for (const options of [{ viewport: { width: 1280, height: 800 } }, { viewport: { width: 200, height: 700 }, deviceScaleFactor: 3 }]) {
    const page = await open(options);
    await draw(page, pad, [line]);
    seen.push(preprocess(await drawingOf(page))!.placed.pixels);
  }
  const differences = seen[0]!.map((value, i) => Math.abs(value - seen[1]![i]!));
  expect(differences.reduce((sum, d) => sum + d) / 784).toBeLessThan(1);
});

test('undo takes the last stroke away, clear all, and each tells', async () => {
  const page = await open();
  await draw(page, pad, [line]);
  const one = await ink(page);
  const oneVisible = await visible(page);
  expect(one).toBeGreaterThan(0);
  expect(await page.getByText('Draw a digit here').isVisible()).toBe(false);
  await draw(page, pad, [line.map(({ x, y }) => ({ x, y: y + 0.4 }))]);
  expect(await ink(page)).toBeCloseTo(2 * one, -3);

  await page.getByTestId('pad-undo').click();
  expect(await ink(page)).toBe(one);
  expect(await visible(page)).toBe(oneVisible);
  await page.getByTestId('pad-clear').click();
  expect(await ink(page)).toBe(0);
  expect(await visible(page)).toBe(0);
  expect(await page.getByText('Draw a digit here').isVisible()).toBe(true);
  await page.getByTestId('pad-undo').click();
  expect(await ink(page)).toBe(0);
});

test('it tells while drawing, but not more often than once in a frame', async () => {
  const page = await open();
  const { x, y } = (await page.locator(pad).boundingBox())!;
  await page.mouse.move(x + 50, y + 50);
  await page.mouse.down();
  await page.waitForFunction(() => (window as unknown as Seen).told === 1);
  // Within one task, so that no frame comes between them.
  await page.locator(pad).evaluate((canvas, { x, y }) => {
    const move = (i: number) => new PointerEvent('pointermove', { pointerId: 1, clientX: x + 50 + i, clientY: y + 50 });
    for (let i = 1; i <= 100; i++) canvas.dispatchEvent(move(i));
  }, { x, y });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await told(page)).toBe(2);
  await page.mouse.up();
  expect(await told(page)).toBe(3);
});

test('a stroke goes on where the mouse leaves the pad and comes back, and only the first button draws', async () => {
  const page = await open();
  await draw(page, pad, [[{ x: 0.5, y: 0.5 }, { x: 1.5, y: 0.5 }, { x: 1.5, y: 0.8 }, { x: 0.5, y: 0.8 }]]);
  const { pixels } = await drawingOf(page);
  expect([pixels[70 * 140 + 138], pixels[112 * 140 + 138], pixels[91 * 140 + 70]]).toEqual([255, 255, 0]);
  const before = await told(page);
  await page.locator(pad).click({ button: 'right' });
  expect(await told(page)).toBe(before);
});

test('a finger draws, and the page does not scroll under it', async () => {
  const page = await open({ hasTouch: true, viewport: { width: 360, height: 400 } });
  await page.evaluate(() => (document.body.style.height = '3000px'));
  const { x, y, width } = (await page.locator(pad).boundingBox())!;
  const touch = await page.context().newCDPSession(page);
  const finger = (type: 'touchStart' | 'touchMove', down: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: x + width / 2, y: y + down * width }] });
  await finger('touchStart', 0.8);
  for (const down of [0.7, 0.6, 0.5, 0.4, 0.3, 0.2]) await finger('touchMove', down);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const { crop } = preprocess(await drawingOf(page))!;
  expect(crop.height).toBeGreaterThan(80);
  expect(crop.width).toBeLessThan(15);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('the keyboard draws, and the page does not hear its keys', async () => {
  const page = await open();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const keys = () => page.evaluate(() => (window as unknown as Seen).keys);
  await press('Tab');
  expect(await page.locator(pad).evaluate((canvas) => document.activeElement === canvas)).toBe(true);
  // The pen shows, and moves without drawing until it is down.
  expect(await visible(page)).toBeGreaterThan(0);
  await press('ArrowRight', 'ArrowRight');
  expect(await told(page)).toBe(0);
  await press(' ', ...Array<string>(10).fill('ArrowDown'), 'Enter', 'ArrowLeft', 'ArrowLeft');
  const { crop } = preprocess(await drawingOf(page))!;
  expect(crop.height).toBeGreaterThan(50);
  expect(crop.width).toBeLessThan(12);
  expect(await page.getByRole('status').innerText()).toBe('Pen up.');

  const one = await ink(page);
  await press(' ', 'ArrowLeft', ' ');
  expect(await ink(page)).toBeGreaterThan(one);
  await press('z');
  expect(await ink(page)).toBe(one);
  await press('Delete');
  expect(await ink(page)).toBe(0);
  await press('e', 'r');
  expect((await keys()).filter((key) => key !== 'Tab')).toEqual([]);

  // Two arrows at once, and a pen that is lifted when the pad is left.
  await press(' ');
  await page.keyboard.down('ArrowLeft');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.up('ArrowLeft');
  await press('Tab');
  const slanted = preprocess(await drawingOf(page))!.crop;
  expect(slanted.width).toBeGreaterThan(30);
  expect(slanted.height).toBeGreaterThan(30);
  expect(await page.getByRole('status').innerText()).toBe('Pen up.');
  expect((await keys()).filter((key) => key !== 'Tab')).toEqual([]);
  await press('r');
  expect(await keys()).toContain('r');
});

test('strokes are drawn again in other sizes and colours', async () => {
  const page = await open({ colorScheme: 'light' });
  await draw(page, pad, [line]);
  const inkColour = () => page.locator(pad).evaluate((canvas: HTMLCanvasElement) =>
    [...canvas.getContext('2d')!.getImageData(Math.round(0.5 * canvas.width), Math.round(0.33 * canvas.height), 1, 1).data]);
  await expect.poll(inkColour).toEqual([0x14, 0x1a, 0x23, 255]);
  const before = await visible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(inkColour).toEqual([0xe9, 0xee, 0xf5, 255]);
  await page.locator('main').evaluate((main) => (main.style.maxWidth = '9rem'));
  await page.waitForFunction(({ selector, before }) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector)!;
    const data = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    const visible = data.filter((value, i) => i % 4 === 3 && value > 0).length;
    return visible > 0.15 * before && visible < 0.35 * before;
  }, { selector: pad, before });
});

test('the steps to the network\'s pixels are shown, and empty again without ink', async () => {
  const page = await open();
  await draw(page, pad, [line]);
  expect(await page.locator('#steps figcaption').allInnerTexts()).toEqual(['The ink', 'Scaled', 'In the middle']);
  /** How strong the ink is in the middle of each pixel, left of the cross. */
  const shown = () => page.locator('#steps canvas').last().evaluate((canvas: HTMLCanvasElement) => {
    const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const pixel = width / 28;
    return Array.from({ length: 28 * 12 }, (_, i) => data[4 * ((Math.floor(i / 12) + 0.5) * pixel * width + ((i % 12) + 0.5) * pixel) + 3]!);
  });
  const { pixels } = preprocess(await drawingOf(page))!.placed;
  expect(await shown()).toEqual(Array.from({ length: 28 * 12 }, (_, i) => pixels[28 * Math.floor(i / 12) + (i % 12)]));
  const inked = () => page.locator('#steps canvas').evaluateAll((canvases) => (canvases as HTMLCanvasElement[]).map((canvas) =>
    canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)));
  expect(await inked()).toEqual([true, true, true]);
  await page.getByTestId('pad-clear').click();
  expect(await inked()).toEqual([false, false, false]);
});

test('it is accessible as far as axe can tell', async () => {
  const page = await open();
  await page.addScriptTag({ content: readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') });
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(root: string): Promise<{ violations: { id: string; help: string }[] }> } };
    return (await axe.run('toydl-pad')).violations.map(({ id, help }) => `${id}: ${help}`);
  });
  expect(violations).toEqual([]);
});
