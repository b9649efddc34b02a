// How the page does while it trains at full speed: `npm run bench -- --page`. For each preset: frames a second, the longest task of
// the main thread, how soon a pause, a reset and a learning rate act, and the speed of training beside that of the same run in a
// worker whose page shows nothing. Both take turns.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' };
const presets = ['mlp', 'cnn', 'rnn', 'transformer'];
/** A page that trains and shows nothing. */
const bare = `<!doctype html><script type="module">
  import { TrainingClient } from '/package/training/client.js';
  const config = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  window.speed = 0;
  const client = new TrainingClient({ onReport: ({ samplesPerSecond }) => (window.speed = samplesPerSecond) });
  client.load({ kind: 'shards', url: new URL('/package/data/mnist/', location.href).href });
  client.configure(config, { run: 1, play: true });
</script>`;

/** Serves the page, and the package under /package/. */
async function serve({ page, packageFolder }) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    try {
      const file = pathname.startsWith('/package/') ? join(packageFolder, pathname.slice(9)) : join(page, pathname === '/' ? 'index.html' : pathname);
      const body = pathname === '/bare' ? bare : await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Counts frames and long tasks in a page from its beginning, and keeps the run that it asks its worker for. */
function watchPage() {
  window.shown = 0;
  const next = () => {
    window.shown++;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.type === 'configure') window.run = message.config;
    return postMessage.call(this, message, ...rest);
  };
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
}

const number = () => Number(document.querySelector('[data-testid=speed]')?.textContent?.replace(/\D/g, ''));

/** Milliseconds from a click to what it does. */
const latency = (page, click, isDone) => page.evaluate(async ([selector, condition]) => {
  const done = new Function(`return ${condition}`);
  const start = performance.now();
  document.querySelector(selector).click();
  while (!done()) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}, [click, isDone]);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** @param executablePath a Chromium */
export async function benchPage({ executablePath, page: folder, packageFolder, seconds, rounds }) {
  const host = await serve({ page: folder, packageFolder });
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    for (const preset of presets) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript(watchPage);
      await page.goto(`${host.url}/#autoplay=0&epochs=1000`);
      await page.getByTestId(`preset-${preset}`).click();
      await page.waitForTimeout(1000);
      const runs = { page: [], worker: [] };
      await page.getByTestId('play').click();
      // Until all of the data is here, and the compiler has done its best.
      await page.waitForTimeout(8000);
      await page.evaluate(() => { window.shown = window.tasks.length = 0; });
      await page.waitForTimeout(1000 * seconds);
      const { shown, tasks } = await page.evaluate(() => ({ shown: window.shown, tasks: window.tasks }));
      const acts = {
        pause: await latency(page, '[data-testid=play]', "document.querySelector('[data-state=paused]')"),
        reset: await latency(page, '[data-testid=reset]', "document.querySelector('[data-testid=step-number]').textContent === '0'"),
      };
      const config = await page.evaluate(() => window.run);
      for (let round = 0; round < rounds; round++) {
        await page.getByTestId('play').click();
        await page.waitForTimeout(4000);
        runs.page.push(await page.evaluate(number));
        await page.getByTestId('play').click();
        const other = await browser.newPage();
        await other.goto(`${host.url}/bare#${encodeURIComponent(JSON.stringify(config))}`);
        await other.waitForTimeout(8000);
        runs.worker.push(await other.evaluate(() => window.speed));
        await other.close();
      }
      const longest = Math.max(0, ...tasks);
      const ratio = median(runs.page) / median(runs.worker);
      console.log(`${preset.padEnd(12)} ${Math.round(shown / seconds)} frames/s  longest task ${longest > 0 ? `${Math.round(longest)} ms` : 'below 50 ms'}` +
        `  pause ${Math.round(acts.pause)} ms  reset ${Math.round(acts.reset)} ms` +
        `  training ${Math.round(median(runs.page))} samples/s, ${(100 * ratio).toFixed(0)} % of a worker alone (${Math.round(median(runs.worker))})`);
      await page.close();
    }
  } finally {
    await browser.close();
    host.close();
  }
}
