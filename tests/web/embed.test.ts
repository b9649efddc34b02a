import type { Browser, BrowserContext, Page } from 'playwright-core';
import { load } from 'toydl';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { launch } from './browser.js';
import { serve } from './serve.js';

// The element and the frame in pages of other people, on hosts of their own, in a real Chromium.

let browser: Browser;
/** Hosts of ToyDL: one that lets scripts of others read its files, as CDNs do, and a plain one. */
let cdn: Awaited<ReturnType<typeof serve>>;
let plain: Awaited<ReturnType<typeof serve>>;
const closers: (() => void)[] = [];

beforeAll(async () => {
  browser = await launch();
  cdn = await serve('page', { more: { 'access-control-allow-origin': '*' } });
  plain = await serve('page');
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  for (const close of closers.splice(0)) close();
});
afterAll(async () => {
  await browser?.close();
  cdn?.close();
  plain?.close();
});

const tag = '<toydl-playground loading="eager">What is here if nothing runs.</toydl-playground>';
/** Keeps all that the element or the frame tells, and steps once when it is ready. */
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
interface Listening {
  told: Told[];
  /** Of each element, what it says of its training. */
  states(): (string | undefined)[];
}

/** A page of an author, on a host of its own; the listener is a file, since some hosts allow no scripts in pages. */
async function open(body: string, { folder = 'nothing-here', more = {}, pages = {}, prepare = async (_context: BrowserContext) => {} } = {}) {
  const host = await serve(folder, { more, pages: { 'tutorial.html': `<!doctype html><script src="listener.js"></script>${body}`, 'listener.js': listener, ...pages } });
  closers.push(host.close);
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  await prepare(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${host.url}tutorial.html`);
  return { page, errors };
}

const told = (page: Page) => page.evaluate(() => (window as unknown as Listening).told);

/** The weights after the first step. */
async function firstStep(page: Page): Promise<string | undefined> {
  const handle = await page.waitForFunction(() => {
    const { told } = window as unknown as Listening;
    return told.find(({ type, detail }) => type === 'toydl-report' && detail.step === 1)?.detail.hash;
  }, undefined, { timeout: 30_000 });
  return handle.jsonValue();
}

const strict = { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'" };
const element = '<script type="module" src="toydl/element/element.js"></script>';
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
    const { page, errors } = await open(`<script type="module" src="${cdn.url}toydl/element/element.js"></script>${tag}`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('as one script from another host that allows nobody to read its files', async () => {
    const { page, errors } = await open(`<script src="${plain.url}toydl/toydl.js"></script>${tag}`);
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
    const { page, errors } = await open(`<script src="${plain.url}toydl/parent.js"></script><iframe src="${plain.url}embed.html#dataset=mnist" width="100%" height="100"></iframe>`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    await page.waitForFunction(() => document.querySelector('iframe')!.clientHeight > 400);
    expect(errors).toEqual([]);
  });

  test('in a sandboxed frame without an origin, from a plain host', async () => {
    const { page, errors } = await open(`<script src="${plain.url}toydl/parent.js"></script><iframe sandbox="allow-scripts" src="${plain.url}embed.html#dataset=mnist" width="100%" height="100"></iframe>`);
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
    const { page, errors } = await open(`<script src="${plain.url}toydl/tag.js"></script>${tag.replace('loading', `data-url="${plain.url}data/" loading`)}`);
    expect(await firstStep(page)).toBe(golden.hashes[1]);
    expect(page.workers()).toHaveLength(1);
    expect((await told(page)).filter(({ type }) => type === 'toydl-error').map(({ detail }) => detail)).toEqual([{ code: 'load', message: expect.stringContaining(`${plain.url}data/mnist/`) }]);
    expect(await page.locator('toydl-playground [data-testid=notice]', { hasText: `Nothing can be read at ${plain.url}data/` }).count()).toBe(1);
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
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${plain.url}#layers=784,20,10&optimizer=Adam&learning-rate=0.01&view=build&autoplay=0`);
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
  const host = await serve('page', { more: strict });
  closers.push(host.close);
  const page = await browser.newPage();
  await page.goto(host.url);
  await page.waitForFunction(() => Number(document.querySelector('[data-testid=step-number]')?.textContent?.replace(/\D/g, '')) > 0);
});

test.each([
  { by: 'as a module', script: () => element },
  { by: 'as a classic script from another host', script: () => `<script src="${plain.url}toydl/tag.js"></script>` },
])('three elements below the fold, $by: hardly anything is fetched before somebody scrolls there, and then everything once; they take turns', async ({ script }) => {
  const requests: { url: string; bytes: Promise<number> }[] = [];
  const { page, errors } = await open(`${script()}<p style="height: 3000px">Text.</p>${tag.replace(' loading="eager"', ' epochs="1000" data-untouched').repeat(3)}`, {
    folder: 'page',
    prepare: async (context) => {
      context.on('requestfinished', (request) => requests.push({ url: new URL(request.url()).pathname, bytes: request.sizes().then(({ responseBodySize }) => responseBodySize) }));
    },
  });
  await page.waitForTimeout(500);
  const isOurs = (url: string) => /\/(toydl|data)\//.test(url);
  const ours = requests.filter(({ url }) => isOurs(url));
  const bytes = (await Promise.all(ours.map((request) => request.bytes))).reduce((sum, size) => sum + size, 0);
  console.log(`before scrolling: ${ours.length} files, ${bytes} bytes as they are`);
  expect(ours.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(15_000);
  expect(page.workers()).toEqual([]);

  await page.evaluate(() => document.querySelectorAll('toydl-playground').forEach((playground) => void playground.start()));
  await page.waitForFunction(() => {
    const states = (window as unknown as Listening).states();
    return states.filter((state) => state === 'running').length === 1 && states.filter((state) => state === 'queued').length === 2;
  });
  expect(page.workers()).toHaveLength(1);
  const fetched = requests.map(({ url }) => url).filter(isOurs);
  expect(fetched).toEqual([...new Set(fetched)]);

  // The one that trains pauses, and another goes on.
  const running = await page.evaluate(() => (window as unknown as Listening).states().indexOf('running'));
  await page.evaluate((index) => document.querySelectorAll('toydl-playground')[index]!.pause(), running);
  await page.waitForFunction((index) => {
    const states = (window as unknown as Listening).states();
    return states[index] === 'paused' && states.filter((state) => state === 'running').length === 1;
  }, running);
  expect(errors).toEqual([]);
});

test('a hundred times attached, trained and removed, it leaves no worker, no listener and no memory behind', async () => {
  const { page, errors } = await open(element, { folder: 'page' });
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => customElements.whenDefined('toydl-playground'));
  const rounds = (count: number) => page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) {
      const playground = document.createElement('toydl-playground');
      for (const [name, value] of Object.entries({ loading: 'eager', dataset: 'xor', 'data-untouched': '' })) playground.setAttribute(name, value);
      const trained = new Promise<void>((resolve) => playground.addEventListener('toydl-report', ({ detail }) => detail.step > 0 && resolve()));
      document.body.append(playground);
      await playground.start();
      await trained;
      playground.remove();
      (window as unknown as Listening).told.length = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }, count);
  const measure = async () => {
    for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
    const { nodes, jsEventListeners } = (await session.send('Memory.getDOMCounters')) as { nodes: number; jsEventListeners: number };
    return { usedSize, nodes, jsEventListeners };
  };
  await rounds(10);
  const after10 = await measure();
  await rounds(90);
  const after100 = await measure();
  console.log(`after 10 and after 100: ${JSON.stringify([after10, after100])}`);
  expect(page.workers()).toEqual([]);
  expect(after100.jsEventListeners).toBeLessThanOrEqual(after10.jsEventListeners);
  expect(after100.nodes).toBeLessThanOrEqual(after10.nodes + 20);
  // What engines compile for it still grows a little; 90 models with their panels would be many megabytes.
  expect(after100.usedSize - after10.usedSize).toBeLessThan(500_000);
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

test('an author who starts it again as the last epoch ends sees it train again', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched autoplay epochs="2"></toydl-playground>`, { folder: 'page' });
  await page.evaluate(() => {
    addEventListener('toydl-epoch', ({ target, detail }) => {
      if (detail.epoch === detail.epochs) void (target as HTMLElementTagNameMap['toydl-playground']).start();
    });
  });
  const lastEpochs = () => told(page).then((all) => all.filter(({ type, detail }) => type === 'toydl-epoch' && detail.epoch === 2));
  await expect.poll(async () => (await lastEpochs()).length, { timeout: 20_000 }).toBeGreaterThan(2);
  expect(new Set((await lastEpochs()).map(({ detail }) => detail.hash)).size).toBe(1);
  expect(errors).toEqual([]);
});

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

test('in a notebook, a widget is the element, and its traits are attributes, commands and news', async () => {
  const { page, errors } = await open('<main></main><script type="module">import widget from "./toydl/anywidget.js"; window.widget = widget;</script>', { folder: 'page' });
  await page.waitForFunction(() => 'widget' in window);
  const seen = await page.evaluate(async () => {
    const { widget } = window as unknown as { widget: { render(context: object): () => void } };
    // A model as a kernel has it: whoever sets a trait, others hear of it if it is a change.
    const traits: Record<string, unknown> = { layers: '784,50,10', learning_rate: 0.1, epochs: 1 };
    const kernel = new EventTarget();
    const listeners = new Set<string>();
    const set = (name: string, value: unknown) => {
      if (traits[name] === value) return;
      traits[name] = value;
      kernel.dispatchEvent(new Event(`change:${name}`));
    };
    const model = {
      get: (name: string) => traits[name],
      set,
      on(name: string, act: EventListener) {
        kernel.addEventListener(name, act);
        listeners.add(name);
      },
      off(name: string, act: EventListener) {
        kernel.removeEventListener(name, act);
        listeners.delete(name);
      },
      save_changes: () => undefined,
    };
    const until = (name: string, isIt: (value: { step: number; epoch: number; samples: number }) => boolean) => new Promise<unknown>((resolve) => {
      kernel.addEventListener(`change:${name}`, () => isIt(traits[name] as never) && resolve(traits[name]));
    });
    const el = document.querySelector('main')!;
    const isReady = until('ready', () => true);
    const end = widget.render({ el, model });
    el.querySelector('toydl-playground')!.dataset.untouched = '';
    await isReady;
    for (const step of [1, 2]) {
      const stepped = until('report', (report) => report.step === step);
      set('command', 'step');
      await stepped;
    }
    const epoch = until('epoch_report', () => true);
    set('autoplay', true);
    const { step, samples } = (await epoch) as { step: number; samples: number };
    const told = listeners.size;
    end();
    return { step, samples, told, left: [el.childElementCount, listeners.size] };
  });
  expect(seen).toEqual({ step: 20, samples: 200, told: 20, left: [0, 0] });
  expect(errors).toEqual([]);
});

test('other attributes are another network, which trains if it is to; one that does not fit says so, and the next one is used', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched></toydl-playground>`, { folder: 'page' });
  const playground = page.locator('toydl-playground');
  const state = (wanted: string) => playground.locator(`[data-testid=state][data-state=${wanted}]`).waitFor();
  const set = (attributes: Record<string, string>) => playground.evaluate((it, all) => Object.entries(all).forEach(([name, value]) => it.setAttribute(name, value)), attributes);
  await state('paused');
  await set({ layers: '784,20,10', autoplay: '', epochs: '2' });
  await state('done');
  await set({ layers: '784,20,8' });
  await state('failed');
  expect((await told(page)).filter(({ type }) => type === 'toydl-error').map(({ detail }) => detail)).toEqual([{ code: 'shape', message: expect.stringContaining('10 classes') }]);
  await set({ layers: '784,30,10' });
  await state('done');
  expect(errors).toEqual([]);
});

test('removed while what it needs is on its way, it leaves no worker behind and touches nothing', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched>What is here if nothing runs.</toydl-playground>`, { folder: 'page' });
  await page.waitForFunction(() => (window as unknown as Listening).told.some(({ type }) => type === 'toydl-ready'));
  await page.evaluate(async () => {
    const playground = document.querySelector('toydl-playground')!;
    playground.lang = 'de';
    playground.setAttribute('data-url', 'data/');
    await Promise.resolve();
    playground.remove();
    document.body.append(playground);
    playground.remove();
    // Back again, it begins anew, and what was begun before does not come into its way.
    await new Promise((resolve) => setTimeout(resolve, 0));
    document.body.append(playground);
  });
  await page.locator('toydl-playground').getByTestId('state').filter({ hasText: 'Angehalten' }).waitFor();
  expect(page.workers()).toHaveLength(1);
  expect(await page.locator('toydl-playground').locator('toydl-player').count()).toBe(1);
  await page.evaluate(async () => {
    const playground = document.querySelector('toydl-playground')!;
    playground.lang = 'en';
    playground.setAttribute('data-url', './data/');
    await Promise.resolve();
    playground.remove();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  expect(page.workers()).toEqual([]);
  expect(await page.evaluate(async () => {
    const playground = document.createElement('toydl-playground');
    return Promise.race([playground.exportModel().then(() => 'a file', ({ message }: Error) => message), new Promise((resolve) => setTimeout(resolve, 2000, 'nothing'))]);
  })).toMatch(/no model/);
  expect(errors).toEqual([]);
});

test('what is asked for after an attribute was set acts on what it has become', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched></toydl-playground>`, { folder: 'page' });
  const hashes = await page.evaluate(async () => {
    const playground = document.querySelector('toydl-playground')!;
    const reports: { run: number; step: number }[] = [];
    playground.addEventListener('toydl-report', ({ detail: { run, step } }) => reports.push({ run, step }));
    playground.setAttribute('seed', '7');
    await playground.step();
    while (!reports.some(({ step }) => step === 1)) await new Promise((resolve) => setTimeout(resolve, 20));
    playground.setAttribute('seed', '8');
    await playground.step();
    while (reports.filter(({ step }) => step === 1).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    return reports.slice(-2);
  });
  expect(hashes).toEqual([{ run: hashes[0]!.run, step: 0 }, { run: hashes[0]!.run, step: 1 }]);
  expect(errors).toEqual([]);
});

test('a worker that breaks again and again, and one that says nothing, end in an error that is named', async () => {
  const { page, errors } = await open(`<iframe name="frame" src="tutorial.html"></iframe>`, {
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
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  expect(page.workers()).toHaveLength(1);
  await page.evaluate(() => document.querySelector('toydl-playground')!.remove());
  await expect.poll(() => page.workers().length).toBe(0);
  expect(errors).toEqual([]);
});

test('in a document of another window it begins anew, and looks as it should', async () => {
  const { page, errors } = await open(`${element}${tag}<iframe width="900" height="600"></iframe>`, { folder: 'page' });
  await firstStep(page);
  const looks = () => page.evaluate(async () => {
    const frame = document.querySelector('iframe')!;
    const playground = document.querySelector('toydl-playground') ?? frame.contentDocument!.querySelector('toydl-playground')!;
    while (!playground.shadowRoot!.querySelector('[part~=card]')) await new Promise((resolve) => setTimeout(resolve, 50));
    return { sheets: playground.shadowRoot!.adoptedStyleSheets.length, isBlock: getComputedStyle(playground.shadowRoot!.querySelector('[part~=card]')!).borderRadius !== '0px' };
  });
  const before = await looks();
  await page.evaluate(() => document.querySelector('iframe')!.contentDocument!.body.append(document.querySelector('toydl-playground')!));
  expect(await looks()).toEqual(before);
  await page.evaluate(() => document.body.append(document.querySelector('iframe')!.contentDocument!.querySelector('toydl-playground')!));
  expect(await looks()).toEqual(before);
  expect(before).toEqual({ sheets: 2, isBlock: true });
  expect(page.workers()).toHaveLength(1);
  expect(errors).toEqual([]);
});

test.each(['en', 'de'])('however wide it is, nothing sticks out of it or of its cards: %s', async (lang) => {
  const widths = [288, 320, 360, 480, 640, 704, 746, 800, 1000];
  const elements = widths.map((width) => `<toydl-playground lang="${lang}" loading="eager" epochs="1" style="width: ${width}px"></toydl-playground>`);
  const { page, errors } = await open(element + elements.join(''), { folder: 'page' });
  await page.waitForFunction((count) => (window as unknown as Listening).states().filter((state) => state === 'paused').length === count, widths.length);
  const beyond = await page.evaluate(() => [...document.querySelectorAll('toydl-playground')].flatMap((playground) =>
    [playground, ...playground.shadowRoot!.querySelectorAll('.card')].flatMap((box) => {
      const { right } = box.getBoundingClientRect();
      const within = [...(box.shadowRoot ?? box).querySelectorAll('*')].map((it) => ({ it, rect: it.getBoundingClientRect() }));
      return within.filter(({ rect }) => rect.width > 0 && rect.right > right + 1).map(({ it, rect }) => `${playground.style.width}: ${it.tagName}.${it.className} by ${Math.round(rect.right - right)}`);
    })));
  expect(beyond).toEqual([]);
  expect(errors).toEqual([]);
});

test('attributes can change while it runs, and the model can be had as a file', async () => {
  const { page, errors } = await open(element + tag, { folder: 'page' });
  await firstStep(page);
  const playground = page.locator('toydl-playground');
  await page.evaluate(() => {
    const playground = document.querySelector('toydl-playground')!;
    playground.setAttribute('hide', 'step reset');
    playground.setAttribute('panels', 'controls training');
    playground.setAttribute('theme', 'dark');
    playground.setAttribute('lang', 'de');
  });
  await playground.getByRole('button', { name: 'Start' }).or(playground.getByTestId('play')).first().waitFor();
  await playground.locator('toydl-training').waitFor();
  expect(await playground.getByTestId('step').isVisible()).toBe(false);
  expect(await playground.getByTestId('play').isVisible()).toBe(true);
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('toydl-playground')!).getPropertyValue('--page').trim())).toBe('#0e1218');
  const bytes = await page.evaluate(async () => [...(await document.querySelector('toydl-playground')!.exportModel())]);
  expect(errors).toEqual([]);

  // Elsewhere it goes on from there.
  const { Model, Loss, Optimizer, Trainer, checkpointAbout, datasets } = await load({ dataUrl: new URL('../../dist/page/toydl/data/', import.meta.url) });
  const about = JSON.parse(checkpointAbout(Uint8Array.from(bytes)));
  const model = Model.fromConfig(about);
  const { train } = await datasets.mnist();
  const trainer = new Trainer(model, train, new Loss(about.loss), new Optimizer(about.optimizer, model.parameters()), { batchSize: about.batchSize });
  trainer.restore(Uint8Array.from(bytes));
  expect([trainer.stepsDone, model.hash()]).toEqual([1, golden.hashes[1]]);
});
