import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { descriptors } from 'toydl/engine/descriptors';
import { pageUnderTest, phone, state, stepped, text, violations } from './page.js';

// The column in which somebody builds a network and sets training.

const { open, complaints } = pageUnderTest();
const paused = '#autoplay=0';

/** The layers of the page, by their names. */
const layers = (page: Page) => page.locator('toydl-network .layer-name').evaluateAll((names) => names.map((name) => name.textContent));
const layersAre = async (page: Page, ...names: string[]) => {
  await expect.poll(() => layers(page), { timeout: 5000 }).toEqual(names);
};
const option = async (page: Page, name: string, value: string) => {
  await page.getByTestId(name).fill(value);
  await page.getByTestId(name).press('Enter');
};
const add = async (page: Page, type: string) => {
  await page.getByTestId('layer-add').selectOption(type);
  await page.getByTestId('layer-add-button').click();
};
const settled = (page: Page) => page.waitForFunction(() => document.querySelector('[data-testid=network-parameters]'));

test('a preset, with a layer added and one removed, becomes the network that is trained', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await layersAre(page, 'Linear(784, 50)', 'ReLU', 'Linear(50, 10)', 'Softmax');
  expect(await text(page, 'network-parameters')).toContain('39,760');

  await page.getByTestId('preset-cnn').click();
  await expect.poll(() => page.getByTestId('preset-cnn').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => text(page, 'layer-1-size')).toBe('4 × 24 × 24 · 104 parameters');
  await add(page, 'Dropout');
  await expect.poll(async () => (await layers(page)).at(-3)).toBe('Dropout(0.5)');
  // It fits what comes in where it goes.
  await page.getByTestId('layer-3-toggle').click();
  await add(page, 'Conv2D');
  await expect.poll(async () => (await layers(page))[4]).toBe('Conv2D(4, 4, 2)');
  await expect.poll(() => text(page, 'layer-4-size')).toBe('4 × 11 × 11 · 68 parameters');
  await page.getByTestId('layer-4-remove').click();
  await page.getByTestId('layer-2-remove').click();
  await layersAre(page, 'Reshape([1, 28, 28])', 'Conv2D(1, 4, 5)', 'MaxPool2D(2)', 'Conv2D(4, 12, 5)', 'ReLU', 'MaxPool2D(2)', 'Flatten', 'Dropout(0.5)', 'Linear(192, 10)', 'Softmax');
  await page.getByTestId('step').click();
  await stepped(page, 1);
  expect(await text(page, 'command')).toContain('Dropout');
  expect(complaints).toEqual([]);
});

test('a preset that is chosen twice is one change, which can be undone whole', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('step').click();
  await stepped(page, 1);
  const rate = () => page.getByTestId('learning-rate').inputValue();
  expect(await rate()).toBe('0.1');
  for (let i = 0; i < 2; i++) await page.getByTestId('preset-cnn').click();
  await expect.poll(() => text(page, 'pending')).toContain('0.1 → 0.004');
  await page.getByTestId('discard').click();
  await expect.poll(rate).toBe('0.1');
  expect(await text(page, 'command')).toContain('--learning-rate 0.1');
  expect(complaints).toEqual([]);
});

test('layers are moved with buttons, arrow keys, mouse and finger, and keep the focus', async () => {
  const page = await open({ hash: paused, touch: true });
  await state(page, 'paused');
  const [linear, relu, head, softmax] = ['Linear(784, 50)', 'ReLU', 'Linear(50, 10)', 'Softmax'] as const;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

  await page.getByTestId('layer-1-grip').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await layersAre(page, linear, head, softmax, relu);
  expect(await focused()).toBe('layer-3-grip');
  await page.getByTestId('layer-3-up').click();
  await layersAre(page, linear, head, relu, softmax);
  expect(await focused()).toBe('layer-2-up');

  const middle = async (testId: string) => {
    const box = (await page.getByTestId(testId).boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, bottom: box.y + box.height };
  };
  const grip = await middle('layer-2-grip');
  const target = await middle('layer-1');
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  await page.mouse.move(grip.x, target.y - 5, { steps: 3 });
  await page.locator('.drop-above[data-testid=layer-1]').waitFor();
  await page.mouse.up();
  await layersAre(page, linear, relu, head, softmax);
  expect(await focused()).toBe('layer-1-grip');

  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: grip.x, y }] });
  await touch('touchStart', (await middle('layer-0-grip')).y);
  await touch('touchMove', (await middle('layer-2')).bottom);
  await touch('touchMove', (await middle('layer-2')).bottom + 2);
  await page.locator('.drop-above[data-testid=layer-3]').waitFor();
  await touch('touchEnd');
  await layersAre(page, relu, head, linear, softmax);
  expect(complaints).toEqual([]);
});

test('a size that does not fit is named at its layer, and a button mends it', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('layer-0-toggle').click();
  await option(page, 'layer-0-outFeatures', '0');
  expect(await text(page, 'layer-0-outFeatures-error')).toContain('must be a whole number from 1');
  await layersAre(page, 'Linear(784, 50)', 'ReLU', 'Linear(50, 10)', 'Softmax');
  await page.getByTestId('layer-0-outFeatures').press('Escape');
  expect(await page.getByTestId('layer-0-outFeatures').inputValue()).toBe('50');

  await option(page, 'layer-0-outFeatures', '30');
  expect(await text(page, 'layer-2-problem')).toContain('gets [30]');
  expect(await page.getByTestId('layer-3-size').count()).toBe(0);
  const fix = page.getByTestId('layer-2-fix');
  expect(await fix.innerText()).toBe('Make it Linear(30, 10)');
  await fix.click();
  await layersAre(page, 'Linear(784, 30)', 'ReLU', 'Linear(30, 10)', 'Softmax');
  await settled(page);
  expect(await page.getByTestId('layer-2-problem').count()).toBe(0);
  await page.getByTestId('step').click();
  await stepped(page, 1);

  await page.getByTestId('layer-2-toggle').click();
  await option(page, 'layer-2-outFeatures', '11');
  expect(await text(page, 'network-problem')).toContain('10 classes');
});

test('options of every kind change the layer', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('preset-cnn').click();
  await page.getByTestId('layer-0-toggle').click();
  await option(page, 'layer-0-shape', '-1');
  expect(await text(page, 'layer-0-shape-error')).toContain('up to 3 sizes');
  await option(page, 'layer-0-shape', '28, 28');
  await page.getByTestId('layer-1-problem').waitFor();
  await option(page, 'layer-0-shape', '1,28,28');
  await page.getByTestId('layer-1-problem').waitFor({ state: 'detached' });

  await page.getByTestId('layer-1-toggle').click();
  await page.getByTestId('layer-1-padding').selectOption('same');
  await page.getByTestId('layer-1-bias').uncheck();
  await expect.poll(() => text(page, 'layer-1-size')).toBe('4 × 28 × 28 · 100 parameters');
  await page.getByTestId('layer-1-weightInitializer').selectOption('Uniform');
  await option(page, 'layer-1-weightInitializer-low', '-0,1');
  await expect.poll(() => page.getByTestId('layer-1-weightInitializer-low').inputValue()).toBe('-0.1');
  await layersAre(page, 'Reshape([1, 28, 28])', 'Conv2D(1, 4, 5, padding "same", bias false)', ...(await layers(page)).slice(2).map(String));
});

test('a network that is too large for a page does not start', async () => {
  const page = await open({ hash: `${paused}&layers=784,4000,200,10` });
  await state(page, 'paused');
  await page.getByTestId('step').click();
  await stepped(page, 1);
  await page.getByTestId('layer-2-toggle').click();
  await option(page, 'layer-2-outFeatures', '300');
  await page.getByTestId('layer-4-fix').click();
  expect(await text(page, 'network-problem')).toContain('has 4,343,310 parameters');
  expect(await page.getByTestId('start-over').isDisabled()).toBe(true);
});

test('a change that would throw steps away waits: it starts over, or is undone', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('step').click();
  await stepped(page, 1);
  await page.getByTestId('preset-cnn').click();
  await page.getByTestId('pending').waitFor();
  expect(await text(page, 'step-number')).toBe('1');
  await page.getByTestId('discard').click();
  await layersAre(page, 'Linear(784, 50)', 'ReLU', 'Linear(50, 10)', 'Softmax');
  expect(await page.getByTestId('learning-rate').inputValue()).toBe('0.1');
  expect(await page.getByTestId('pending').count()).toBe(0);

  await page.getByTestId('preset-cnn').click();
  await page.getByTestId('start-over').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=step-number]')?.textContent === '0');
  expect(await page.getByTestId('learning-rate').inputValue()).toBe('0.004');
  await page.waitForFunction(() => location.hash.includes('Conv2D'));

  // Of a network that cannot be trained nothing starts.
  await page.getByTestId('step').click();
  await stepped(page, 1);
  await page.getByTestId('layer-0-remove').click();
  await page.getByTestId('layer-0-problem').waitFor();
  expect(await page.getByTestId('start-over').isDisabled()).toBe(true);
});

test('the learning rate acts at once, optimizer and schedule have their options, and the seed is checked', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('learning-rate-slider').fill('-2');
  await expect.poll(() => page.getByTestId('learning-rate').inputValue()).toBe('0.01');
  await option(page, 'learning-rate', '0,5');
  await expect.poll(() => page.getByTestId('learning-rate').inputValue()).toBe('0.5');

  await page.getByTestId('optimizer').selectOption('AdamW');
  await page.getByTestId('optimizer-options').click();
  await option(page, 'optimizer-beta1', '2');
  expect(await text(page, 'optimizer-beta1-error')).toContain('up to 0.999999');
  await option(page, 'optimizer-beta1', '0.8');
  await page.getByTestId('schedule').selectOption('StepSchedule');
  await page.getByTestId('schedule-options').click();
  await option(page, 'schedule-every', '300');
  await page.getByTestId('initializer').selectOption('Orthogonal');
  await page.waitForFunction(() => {
    const hash = decodeURIComponent(location.hash);
    return hash.includes('optimizer={"type":"AdamW","beta1":0.8}') && hash.includes('schedule={"type":"StepSchedule","every":300}') && hash.includes('initializer=Orthogonal');
  });
  await option(page, 'seed', '-1');
  expect(await text(page, 'seed-error')).toMatch(/whole number/);
  expect(await page.getByTestId('optimizer-learningRate').count()).toBe(0);
});

test('every layer of the registry can be added, and shows every option', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  const opened = page.locator('toydl-network .layer:has(> .layer-head > [aria-expanded=true])').first();
  const rows = page.locator('toydl-network > section > toydl-layer-list > .layers > .layer');
  const before = await rows.count();
  for (const { name, options } of descriptors.layers) {
    await add(page, name);
    await expect.poll(async () => (await opened.count()) && opened.locator('.layer-name').first().textContent()).toMatch(new RegExp(`^${name}\\b`));
    const fields = await opened.locator('input, select, toydl-inner-layers').evaluateAll((all) => all.map(({ id, localName }) => id || localName));
    for (const { name: wanted, kind } of options) {
      expect(fields.some((field) => (kind === 'layers' ? field === 'toydl-inner-layers' : field.endsWith(`-${wanted}`))), `${name}.${wanted}`).toBe(true);
    }
  }
  expect(await rows.count()).toBe(before + descriptors.layers.length);
  expect(complaints).toEqual([]);
});

test('layers within layers are changed like the others', async () => {
  const page = await open({ hash: paused });
  await state(page, 'paused');
  await page.getByTestId('preset-transformer').click();
  await page.getByTestId('layer-4-toggle').click();
  await page.getByTestId('layer-4-layers-1-toggle').click();
  await option(page, 'layer-4-layers-1-inFeatures', '31');
  await page.getByTestId('layer-4-problem').waitFor();
  await page.getByTestId('layer-4-layers-1-fix').click();
  await settled(page);
  await page.getByTestId('layer-4-layers-2-remove').click();
  await page.getByTestId('layer-4-layers-add').selectOption('Tanh');
  await page.getByTestId('layer-4-layers-add-button').click();
  await expect.poll(async () => (await layers(page))[4]).toBe('Residual(LayerNorm, Linear(32, 64), Tanh, Linear(64, 32))');
  expect(await violations(page)).toEqual([]);
});

test('on a phone the view for building fits, and nothing scrolls sideways', async () => {
  const page = await open({ hash: `${paused}&view=build`, viewport: phone });
  await settled(page);
  await page.getByTestId('preset-transformer').click();
  await page.getByTestId('layer-3-toggle').click();
  await page.getByTestId('layer-3-layers-1-toggle').click();
  await page.getByTestId('layer-3-layers-1-heads').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  const small = await page.locator('.build button:visible, .build select:visible, .build input[type=text]:visible').evaluateAll((all) =>
    all.map((element) => ({ name: element.getAttribute('data-testid'), ...element.getBoundingClientRect().toJSON() }))
      .filter(({ width, height, right }) => width < 39.5 || height < 39.5 || right > innerWidth).map(({ name }) => name));
  expect(small).toEqual([]);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
