import { load } from 'toydl';
import { expect, test } from 'vitest';
import golden from '../golden/mnist-784-50-10.json' with { type: 'json' };
import { authorPages, element, firstStep, tag, told, type Listening } from './author.js';

// The life of the element in an author's page: how it comes, changes and goes.

const { open, hosts } = authorPages();

test.each([
  { by: 'as a module', script: () => element },
  { by: 'as a classic script from another host', script: () => `<script src="${hosts.plain}toydl/tag.js"></script>` },
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
    // The last one goes with the frame that is under way.
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
  await expect.poll(() => page.workers().length).toBe(0);
  await expect.poll(async () => (await measure()).jsEventListeners).toBeLessThanOrEqual(after10.jsEventListeners);
  const after100 = await measure();
  console.log(`after 10 and after 100: ${JSON.stringify([after10, after100])}`);
  expect(after100.jsEventListeners).toBeLessThanOrEqual(after10.jsEventListeners);
  expect(after100.nodes).toBeLessThanOrEqual(after10.nodes + 20);
  // What engines compile for it still grows a little; 90 models with their panels would be many megabytes.
  expect(after100.usedSize - after10.usedSize).toBeLessThan(500_000);
  expect(errors).toEqual([]);
});

test('an author who starts it again as the last epoch ends sees it train again', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" data-untouched autoplay epochs="2"></toydl-playground>`, { folder: 'page' });
  await page.evaluate(() => {
    const playground = document.querySelector('toydl-playground')!;
    playground.addEventListener('toydl-epoch', ({ detail }) => detail.epoch === detail.epochs && void playground.start());
  });
  const lastEpochs = () => told(page).then((all) => all.filter(({ type, detail }) => type === 'toydl-epoch' && detail.epoch === 2));
  await expect.poll(async () => (await lastEpochs()).length, { timeout: 20_000 }).toBeGreaterThan(2);
  expect(new Set((await lastEpochs()).map(({ detail }) => detail.hash)).size).toBe(1);
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
  // What is not to train by itself rests, though the run before was at its end.
  await playground.evaluate((it) => it.removeAttribute('autoplay'));
  await set({ layers: '784,40,10' });
  await state('paused');
  expect(errors).toEqual([]);
});

test('what a reader has changed and not yet started waits on, whatever attribute changes', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" panels="controls training network"></toydl-playground>`, { folder: 'page' });
  await firstStep(page);
  const playground = page.locator('toydl-playground');
  const batchSize = playground.locator('[part=batch-size] input');
  await batchSize.fill('32');
  await batchSize.press('Enter');
  const pending = playground.getByTestId('pending');
  await pending.waitFor();
  await playground.evaluate((it) => it.setAttribute('learning-rate', '0.05'));
  await expect.poll(() => playground.locator('[part=learning-rate] input').inputValue()).toBe('0.05');
  expect(await pending.innerText()).toContain('64 → 32');
  expect(await batchSize.inputValue()).toBe('32');
  expect((await told(page)).filter(({ type }) => type === 'toydl-report').at(-1)!.detail.step).toBe(1);
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
  await expect.poll(() => page.workers().length).toBe(1);
  expect(await page.locator('toydl-playground').locator('toydl-player').count()).toBe(1);
  await page.evaluate(async () => {
    const playground = document.querySelector('toydl-playground')!;
    playground.lang = 'en';
    playground.setAttribute('data-url', './data/');
    await Promise.resolve();
    playground.remove();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  await expect.poll(() => page.workers().length).toBe(0);
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
  // Also where it trained: it takes that one step and no more.
  const last = await page.evaluate(async () => {
    const playground = document.querySelector('toydl-playground')!;
    const steps: number[] = [];
    playground.addEventListener('toydl-report', ({ detail: { step } }) => steps.push(step));
    playground.setAttribute('epochs', '1000');
    await playground.start();
    while (!steps.some((step) => step > 30)) await new Promise((resolve) => setTimeout(resolve, 20));
    steps.length = 0;
    playground.setAttribute('seed', '9');
    await playground.step();
    while (steps.at(-1) !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return steps.slice(-2);
  });
  expect(last).toEqual([0, 1]);
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
  await expect.poll(() => page.workers().length).toBe(1);
  expect(errors).toEqual([]);
});

test('every part of every panel can be hidden by its name', async () => {
  const { page, errors } = await open(`${element}<toydl-playground loading="eager" panels="status controls samples curves inside mistakes draw data network training keep"
    src="lessons/first-network.json" data-url="data/"></toydl-playground>`, { folder: 'page' });
  const playground = page.locator('toydl-playground');
  await playground.locator('[part=lesson-next]').waitFor();
  await page.evaluate(() => document.querySelector('toydl-playground')!.removeAttribute('src'));
  await playground.locator('toydl-keep').waitFor();
  await playground.locator('toydl-mistakes table').waitFor();
  const parts = await page.evaluate(() => {
    const all = [...document.querySelector('toydl-playground')!.shadowRoot!.querySelectorAll('[part]')].flatMap((it) => [...it.part]);
    return [...new Set(all)].filter((name) => !['card', 'share', 'embed'].includes(name));
  });
  expect(parts).toEqual(expect.arrayContaining(['status', 'accuracy', 'play', 'learning-rate', 'schedule-warmUp', 'dataset-moons', 'command', 'data-bar']));
  await page.evaluate((names) => document.querySelector('toydl-playground')!.setAttribute('hide', names.join(' ')), parts);
  await expect.poll(() => playground.locator('[part~=status]').isVisible()).toBe(false);
  expect(await playground.locator('[part]').evaluateAll((all) => all.filter((it) => it.getClientRects().length > 0).map((it) => it.getAttribute('part')))).toEqual([]);
  expect((await told(page)).filter(({ type }) => type === 'toydl-error')).toEqual([]);
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
