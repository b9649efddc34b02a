import { expect, test } from 'vitest';
import { authorPages, element, firstStep, told } from './author.js';
import { violations } from './page.js';

// Lessons in an author's page.

const { open } = authorPages();

test('a lesson: its steps show and set what they want, and a goal that is reached is told', async () => {
  const lesson = {
    title: 'A <b>lesson</b>',
    steps: [
      // So long that it cannot end before the second step is there.
      { text: 'Train for ten steps.', panels: ['controls'], settings: { epochs: '1000' }, goal: { steps: 10 } },
      { text: 'Make it diverge.', settings: { 'learning-rate': '900', autoplay: '' }, goal: { diverge: true } },
    ],
  };
  const { page, errors } = await open(`${element}<toydl-playground loading="eager"><script type="application/json">${JSON.stringify(lesson).replaceAll('<', '\\u003c')}</script></toydl-playground>`, { folder: 'page' });
  const playground = page.locator('toydl-playground');
  await firstStep(page);
  expect(await playground.locator('h2').first().innerText()).toBe('A <b>lesson</b>');
  expect(await playground.locator('toydl-curves').count()).toBe(0);
  await page.evaluate(() => document.querySelector('toydl-playground')!.start());
  await playground.locator('.goal.reached').waitFor();
  await playground.getByRole('button', { name: 'Next' }).click();
  await playground.locator('.goal.reached').waitFor();
  expect((await told(page)).filter(({ type }) => type === 'toydl-goal').map(({ detail }) => detail)).toEqual([
    { step: 0, goal: { steps: 10 } }, { step: 1, goal: { diverge: true } },
  ]);
  expect(errors).toEqual([]);
});

test.each(['first-network', 'learning-rate'])('the lesson %s shows each of its steps without complaint', async (name) => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched data-url="data/" src="lessons/${name}.json"></toydl-playground>`, { folder: 'page' });
  const playground = page.locator('toydl-playground');
  const next = playground.locator('[part=lesson-next]');
  await playground.getByTestId('lesson-progress').waitFor();
  while ((await next.count()) > 0) {
    const before = await playground.getByTestId('lesson-progress').innerText();
    await next.click();
    await playground.getByTestId('lesson-progress').filter({ hasNotText: before }).waitFor();
  }
  await playground.getByTestId('lesson-end').waitFor();
  expect((await told(page)).filter(({ type }) => type === 'toydl-error')).toEqual([]);
  expect(errors).toEqual([]);
});

test('with keys alone it goes on to where the next step begins; axe finds nothing serious in it', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched data-url="data/" src="lessons/learning-rate.json"></toydl-playground>`, { folder: 'page' });
  const playground = page.locator('toydl-playground');
  await playground.locator('[part=lesson-next]').focus();
  await page.keyboard.press('Enter');
  const reading = () => playground.evaluate(({ shadowRoot }) => [shadowRoot!.activeElement?.tagName, shadowRoot!.activeElement?.textContent]);
  await expect.poll(reading).toEqual(['H3', 'Just right']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(reading).toEqual(['H3', 'Too small']);
  expect(await violations(page)).toEqual([]);
  expect(errors).toEqual([]);
});
