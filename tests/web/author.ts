import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch } from './browser.js';
import { serve } from './serve.js';

// Pages of other people, each on a host of its own, in a real Chromium.

export const tag = '<toydl-playground loading="eager">What is here if nothing runs.</toydl-playground>';
/** That by which a page on the host of ToyDL has the element. */
export const element = '<script type="module" src="toydl/element/element.js"></script>';

/** Keeps all that the element or the frame tells, and steps once when it is ready, unless it is to be left untouched. */
const listener = `
  window.states = () => [...document.querySelectorAll('toydl-playground')].map((it) => it.shadowRoot.querySelector('[data-testid=state]')?.dataset.state);
  window.told = [];
  for (const name of ['ready', 'report', 'epoch', 'goal', 'error']) {
    addEventListener('toydl-' + name, ({ type, target, detail }) => {
      told.push({ type, detail });
      if (type !== 'toydl-ready' || target.dataset.untouched !== undefined) return;
      if (target.step) target.step();
      else target.contentWindow.postMessage({ toydl: 1, type: 'step' }, '*');
    });
  }`;

interface Told {
  type: string;
  detail: { step?: number; epoch?: number; hash?: string; code?: string; message?: string };
}

/** What the listener keeps in the page. */
export interface Listening {
  told: Told[];
  /** Of each element, what it says of its training. */
  states(): (string | undefined)[];
}

/** A browser and hosts for the tests of one file. */
export function authorPages() {
  let browser: Browser;
  /** Addresses of ToyDL: on a host that lets scripts of others read its files, as CDNs do, and on a plain one. */
  const hosts = { cdn: '', plain: '' };
  const closers: (() => void)[] = [];
  /** Those that serve all tests of the file. */
  const lasting: (() => void)[] = [];

  beforeAll(async () => {
    browser = await launch();
    for (const [name, more] of [['cdn', { 'access-control-allow-origin': '*' }], ['plain', {}]] as const) {
      const host = await serve('page', { more });
      hosts[name] = host.url;
      lasting.push(host.close);
    }
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    for (const close of closers.splice(0)) close();
  });
  afterAll(async () => {
    await browser?.close();
    for (const close of lasting) close();
  });

  /** A page of an author; the listener is a file, since some hosts allow no scripts in pages. */
  async function open(body: string, { folder = 'nothing-here', more = {}, pages = {}, path = 'tutorial.html', prepare = async (_context: BrowserContext): Promise<unknown> => undefined } = {}) {
    const host = await serve(folder, { more, pages: { 'tutorial.html': `<!doctype html><html lang="en"><title>A tutorial</title><script src="listener.js"></script>${body}`, 'listener.js': listener, ...pages } });
    closers.push(host.close);
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    await prepare(context);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(host.url + path);
    return { page, errors };
  }

  return { open, hosts, newPage: async () => (await browser.newContext()).newPage() };
}

export const told = (page: Page) => page.evaluate(() => (window as unknown as Listening).told);

/** The weights after the first step. */
export async function firstStep(page: Page): Promise<string | undefined> {
  const handle = await page.waitForFunction(() => {
    const { told } = window as unknown as Listening;
    return told.find(({ type, detail }) => type === 'toydl-report' && detail.step === 1)?.detail.hash;
  }, undefined, { timeout: 30_000 });
  return handle.jsonValue();
}
