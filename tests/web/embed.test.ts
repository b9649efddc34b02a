import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { authorPages, element, firstStep, tag, told } from './author.js';

// The element and the frame wherever an author's page may be.

const { open, hosts, newPage } = authorPages();

const strict = { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'" };
const denied = (context: BrowserContext) => context.addInitScript(() => {
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get: () => { throw new DOMException('denied', 'SecurityError'); } });
  }
});

describe('it trains', () => {
  const isOnPage = (page: Page) => page.locator('toydl-playground [data-testid=notice]', { hasText: 'no worker could be started' }).count();

  test('in a plain page, in a worker by its address', async () => {
    const { page, errors } = await open(element + tag, { folder: 'page' });
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(/^http.*\/toydl\/worker\.js$/)]);
    expect(errors).toEqual([]);
  });

  test('as a module from another host', async () => {
    const { page, errors } = await open(`<script type="module" src="${hosts.cdn}toydl/element/element.js"></script>${tag}`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('as one script from another host that allows nobody to read its files', async () => {
    const { page, errors } = await open(`<script src="${hosts.plain}toydl/toydl.js"></script>${tag}`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('and reads the same in a page of another encoding', async () => {
    const { page, errors } = await open(`<meta charset="windows-1252"><script src="toydl/tag.js"></script>${tag}`, { folder: 'page' });
    await firstStep(page);
    expect(await page.evaluate(() => document.characterSet)).toBe('windows-1252');
    const shown = await page.evaluate(() => document.querySelector('toydl-playground')!.shadowRoot!.textContent!);
    expect(shown).toContain('✓');
    expect(shown).not.toContain('â');
    expect(errors).toEqual([]);
  });

  test('in a frame from another host, which is as high as what is in it', async () => {
    const { page, errors } = await open(`<script src="${hosts.plain}toydl/parent.js"></script><iframe src="${hosts.plain}embed.html#dataset=mnist" width="100%" height="100"></iframe>`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    await page.waitForFunction(() => document.querySelector('iframe')!.clientHeight > 400);
    expect(errors).toEqual([]);
  });

  test('in a sandboxed frame without an origin, from a plain host', async () => {
    const { page, errors } = await open(`<script src="${hosts.plain}toydl/parent.js"></script><iframe sandbox="allow-scripts" src="${hosts.plain}embed.html#dataset=mnist" width="100%" height="100"></iframe>`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers().map((worker) => worker.url().slice(0, 5))).toEqual(['data:']);
    expect(errors).toEqual([]);
  });

  test.each([{ where: 'the element', body: element + tag }, { where: 'the frame', body: '<script src="toydl/parent.js"></script><iframe src="embed.html"></iframe>' }])(
    'under a strict content security policy, in a worker: $where', async ({ body }) => {
      const { page, errors } = await open(body, { folder: 'page', more: strict });
      expect(await firstStep(page)).toBe(golden.hashes[1]);
      expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(/^http.*\/toydl\/worker\.js$/)]);
      expect(errors).toEqual([]);
    });

  test('where no worker may start, on the page’s own thread, and says so', async () => {
    const { page, errors } = await open(element + tag, { folder: 'page', more: { 'content-security-policy': "worker-src 'none'" } });
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toEqual([]);
    expect(await isOnPage(page)).toBe(1);
    // The page stays alive meanwhile.
    await page.evaluate(() => document.querySelector('toydl-playground')!.start());
    const frames = await page.evaluate(async () => {
      let frames = 0;
      for (const end = performance.now() + 500; performance.now() < end; frames++) await new Promise(requestAnimationFrame);
      return frames;
    });
    expect(frames).toBeGreaterThan(5);
    expect(errors).toEqual([]);
  });

  test('where storage is denied', async () => {
    const { page, errors } = await open(element + tag, { folder: 'page', prepare: denied });
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(errors).toEqual([]);
  });

  test('by the code that the page gives, from a host that allows nobody to read its files: with the digits that the script carries', async () => {
    const { page, errors } = await open(`<script src="${hosts.plain}toydl/tag.js"></script>${tag.replace('loading', `data-url="${hosts.plain}data/" loading`)}`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toHaveLength(1);
    expect((await told(page)).filter(({ type }) => type === 'toydl-error').map(({ detail }) => detail)).toEqual([{ code: 'load', message: expect.stringContaining(`${hosts.plain}data/mnist/`) }]);
    expect(await page.locator('toydl-playground [data-testid=notice]', { hasText: `Nothing can be read at ${hosts.plain}data/` }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test('or says why not: a folder of data that is not there', async () => {
    const { page, errors } = await open(element + tag.replace('loading', 'dataset="fashion" data-url="/nowhere/" loading'), { folder: 'page' });
    await page.locator('toydl-playground [data-testid=problem]').waitFor();
    expect((await told(page)).map(({ type, detail }) => [type, detail.code])).toEqual([['toydl-error', 'load']]);
    expect(errors).toEqual([]);
  });
});

test.each(['tag', 'frame'])('what the page gives to paste trains the network that is on screen: %s', async (kind) => {
  const page = await newPage();
  await page.goto(`${hosts.plain}#layers=784,20,10&optimizer=Adam&learning-rate=0.01&view=build&autoplay=0`);
  await page.getByTestId('embed').click();
  const code = await page.getByTestId(`code-${kind}`).innerText();
  await page.waitForFunction(() => document.querySelector('[data-testid=hash]')?.textContent);
  await page.getByTestId('step').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=step-number]')?.textContent === '1');
  const hash = await page.getByTestId('hash').innerText();
  await page.close();

  const { page: author, errors } = await open(code.replace('loading="lazy"', ''));
  expect(await firstStep(author)).toBe(hash);
  expect(errors).toEqual([]);
});

test('the page itself trains under a strict content security policy', async () => {
  const { page, errors } = await open('', { folder: 'page', more: strict, path: 'index.html' });
  await page.waitForFunction(() => Number(document.querySelector('[data-testid=step-number]')?.textContent?.replace(/\D/g, '')) > 0);
  expect(errors).toEqual([]);
});

test('a worker that breaks again and again is given up, and one that says nothing is not left behind', async () => {
  const { page, errors } = await open('', {
    folder: 'page',
    pages: { 'broken.js': 'postMessage("alive"); setTimeout(() => { throw new Error("boom"); }, 20);', 'quiet.js': 'let nothing;' },
  });
  await page.addScriptTag({ type: 'module', url: 'toydl/element/element.js' });
  const problem = await page.evaluate(() => new Promise<{ code: string; message: string }>((resolve) => {
    const playground = document.createElement('toydl-playground');
    for (const [name, value] of Object.entries({ loading: 'eager', 'worker-url': 'broken.js' })) playground.setAttribute(name, value);
    playground.addEventListener('toydl-error', ({ detail }) => resolve(detail));
    document.body.append(playground);
  }));
  expect(problem).toMatchObject({ code: 'worker', message: expect.stringContaining('breaks again and again') });
  await page.evaluate(async () => {
    document.querySelector('toydl-playground')!.remove();
    const playground = document.createElement('toydl-playground');
    for (const [name, value] of Object.entries({ loading: 'eager', 'worker-url': 'quiet.js' })) playground.setAttribute(name, value);
    document.body.append(playground);
  });
  await expect.poll(() => page.workers().length).toBe(1);
  await page.evaluate(() => document.querySelector('toydl-playground')!.remove());
  await expect.poll(() => page.workers().length).toBe(0);
  expect(errors).toEqual([]);
});

test('what a hostile link or parent says is named or passed over, and becomes no markup and no code', async () => {
  const hostile = new URLSearchParams({
    dataset: '<img src=x onerror=alert(1)>', layers: '[{"type":"Linear","inFeatures":1e9,"outFeatures":1e9}]', panels: 'status <script>', hide: '"] {} * { display: none } [x="',
    theme: 'url(javascript:alert(1))', 'wasm-url': 'https://example.invalid/evil.wasm', 'worker-url': 'https://example.invalid/evil.js', seed: '-1', lang: '../../x', 'parent-origin': '*', 'data-url': 'http://[', src: 'http://[',
  });
  const { page, errors } = await open(`<script src="toydl/parent.js"></script><iframe src="embed.html#${hostile}" width="100%"></iframe>`, { folder: 'page' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', () => errors.push('a dialog'));
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector('iframe')!;
    for (const message of [null, 1, 'start', {}, { toydl: 2, type: 'start' }, { toydl: 1, type: 'constructor' }, { toydl: 1, type: { toString: 'x' } }, { toydl: 1 }]) contentWindow!.postMessage(message, '*');
  });
  expect(await firstStep(page)).toBe(golden.hashes[1]);
  const frame = page.frameLocator('iframe');
  expect(await frame.locator('[data-testid=notice]').innerText()).toMatch(/dataset cannot be “<img/);
  expect(await frame.locator('toydl-playground img, toydl-playground script').count()).toBe(0);
  expect(await frame.locator('[data-testid=accuracy]').isVisible()).toBe(true);
  expect(asked.filter((url) => url.includes('example.invalid'))).toEqual([]);
  expect(errors).toEqual([]);
});
