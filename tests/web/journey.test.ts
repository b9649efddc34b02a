import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { number, pageUnderTest, phone, state, stepped, text, violations } from './page.js';

// The whole way of a visitor, build → train → draw → share, as somebody without a mouse goes it, and somebody with a phone.

const { open, complaints } = pageUnderTest();

/** Lets what is copied be read here, whatever the browser allows. */
const withClipboard = (page: Page) => page.addInitScript(() => {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text: string) => void Object.assign(window, { copied: text }) } });
});
const copied = (page: Page) => page.evaluate(() => (window as unknown as { copied?: string }).copied);

/** Moves the focus with the Tab key until it is on this. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null && document.activeElement !== document.body, testId)) return;
  }
  throw new Error(`Tab does not lead to ${testId}.`);
}

/** The model takes what is on the pad for this. */
const reads = (page: Page, digit: string) => expect.poll(() => page.getByTestId('probabilities').getAttribute('data-best')).toBe(digit);

test('by keyboard alone: another network, trained, a digit drawn and read, and the link to it shared', async () => {
  const page = await open({ hash: '#autoplay=0&epochs=1', prepare: withClipboard });
  await state(page, 'paused');
  // Build: the second of the presets, and another batch size.
  await tabTo(page, 'preset-cnn');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('Conv2D'));
  await tabTo(page, 'batch-size');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('batch-size=100'));
  await tabTo(page, 'share');
  // Train, with the page's own keys.
  await page.keyboard.press('e');
  await stepped(page, 600);
  await state(page, 'done');
  expect(await number(page, 'accuracy')).toBeGreaterThan(90);
  // Draw a one: to the view by its tab, to the pad, and down.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await tabTo(page, 'view-learn');
  for (const _ of ['inside', 'mistakes', 'draw']) await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => location.hash.includes('view=draw'));
  await tabTo(page, 'pad');
  for (const key of ['Space', ...Array<string>(13).fill('ArrowDown'), 'Space']) await page.keyboard.press(key);
  await reads(page, '1');
  expect(await text(page, 'reading')).toContain('Looks like 1');
  // Share.
  await tabTo(page, 'share');
  await page.keyboard.press('Enter');
  await expect.poll(() => copied(page)).toContain('batch-size=100');
  const friend = await open({ url: (await copied(page))!.replace('view=draw', 'autoplay=0') });
  await state(friend, 'paused');
  expect(await friend.getByTestId('batch-size').inputValue()).toBe('100');
  expect(await friend.getByTestId('notice').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('on a phone, by touch: built, trained, drawn, shared, and never anything to scroll sideways', async () => {
  const page = await open({ hash: '#autoplay=0&epochs=1', viewport: phone, touch: true, prepare: withClipboard });
  await state(page, 'paused');
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  await page.getByTestId('view-build').tap();
  await page.getByTestId('preset-mlp').tap();
  await fits();
  await page.getByTestId('play').tap();
  await state(page, 'done');
  for (const view of ['inside', 'mistakes', 'learn', 'draw']) {
    await page.getByTestId(`view-${view}`).tap();
    await page.waitForTimeout(300);
    await fits();
  }
  const pad = page.getByTestId('pad');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width } = (await pad.boundingBox())!;
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down = 0) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: x + width / 2, y: y + down * width }] });
  const scrolled = await page.evaluate(() => scrollY);
  await touch('touchStart', 0.25);
  for (const down of [0.35, 0.45, 0.55, 0.65, 0.75]) await touch('touchMove', down);
  await touch('touchEnd');
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  await reads(page, '1');
  // The first tap after a stroke of synthetic touches makes no click in Chromium, wherever it is.
  await page.locator('#keep-title').tap();
  await page.getByTestId('share').tap();
  await expect.poll(() => copied(page)).toContain('view=draw');
  expect(complaints).toEqual([]);
});

test.each([['wide', { width: 1280, height: 800 }], ['narrow', phone]])('axe finds nothing serious in any view, %s, light and dark, in English and German', async (_, viewport) => {
  const page = await open({ hash: '#layers=784,10,10&epochs=1', viewport });
  await state(page, 'done');
  for (const [language, colorScheme] of [['en', 'light'], ['de', 'dark']] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByTestId('language').selectOption(language);
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    for (const view of ['learn', 'inside', 'mistakes', 'draw', 'build']) {
      // On a wide page that for building stands beside the others.
      if (view === 'build' && viewport !== phone) continue;
      await page.getByTestId(`view-${view}`).click();
      await page.waitForTimeout(400);
      expect(await violations(page), `${view}, ${language}`).toEqual([]);
    }
  }
});

test('axe finds nothing serious where something is wrong', async () => {
  const page = await open({ hash: '#layers=784,512,512,512,512,10&learning-rate=1000&batch-size=1&colour=red' });
  await page.getByTestId('problem').waitFor();
  await page.getByTestId('seed').fill('-1');
  await page.getByTestId('seed').press('Enter');
  await page.getByTestId('batch-size').fill('7');
  await page.getByTestId('batch-size').press('Enter');
  await page.waitForTimeout(400);
  expect(await violations(page)).toEqual([]);
});

test('the language is that of the browser, and a choice stays', async () => {
  const page = await open({ hash: '#autoplay=0', locale: 'de-AT' });
  await state(page, 'paused');
  expect(await text(page, 'play')).toBe('Start');
  await page.getByTestId('language').selectOption('en');
  await page.waitForFunction(() => document.querySelector('[data-testid=play]')?.textContent?.trim() === 'Play');
  await page.reload();
  await state(page, 'paused');
  expect(await text(page, 'play')).toBe('Play');
});
