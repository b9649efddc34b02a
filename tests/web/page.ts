import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch } from './browser.js';
import { serve } from './serve.js';

export const phone = { width: 360, height: 740 };

/** The built page on a plain static host, in a real Chromium, for the tests of one file. */
export function pageUnderTest() {
  let browser: Browser;
  let host: Awaited<ReturnType<typeof serve>>;
  /** What no page should do: errors, and requests to other hosts. */
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    host = await serve('page');
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    complaints.length = 0;
  });

  async function open({ hash = '', url = host.url, viewport = { width: 1280, height: 800 }, touch = false, locale = 'en', prepare = async (_page: Page) => {} } = {}): Promise<Page> {
    const page = await (await browser.newContext({ viewport, hasTouch: touch, locale, acceptDownloads: true })).newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(url).origin) complaints.push(`asks ${request.url()}`);
    });
    await prepare(page);
    await page.goto(url + hash);
    return page;
  }

  return { open, complaints };
}

export const text = (page: Page, testId: string) => page.getByTestId(testId).innerText();
export const number = async (page: Page, testId: string) => Number((await text(page, testId)).replace(/[^\d.]/g, ''));

export const state = (page: Page, wanted: string) => page.waitForSelector(`[data-testid=state][data-state=${wanted}]`, { timeout: 120_000 });

/** At least so many steps are done. */
export const stepped = (page: Page, least: number) =>
  page.waitForFunction((n) => Number(document.querySelector('[data-testid=step-number]')?.textContent?.replace(/\D/g, '')) >= n, least);

/** So many epochs are done, and the test samples were measured after the last one. */
export const measured = (page: Page, epochs: number) =>
  page.waitForFunction((n) => document.querySelector('[data-testid=announcement]')?.textContent?.includes(`Epoch ${n} of`), epochs, { timeout: 120_000 });

export const hashIs = (page: Page, hash: string) =>
  page.waitForFunction((wanted) => document.querySelector('[data-testid=hash]')?.textContent?.trim() === wanted, hash);

/** What axe-core finds that is serious. */
export async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname });
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}
