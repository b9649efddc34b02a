import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch } from '../web/browser.js';

// Where traces can be run: each takes the arithmetic and a number of threads, and answers with what the program prints, or null
// if there is no such thing here.

export type Arithmetic = 'strict' | 'fma';
export type Machine = (arithmetic: Arithmetic, threads: number) => Promise<string | null>;

const build = fileURLToPath(new URL('../../build/', import.meta.url));
const wasm = join(build, 'wasm/traces');

const output = async (program: string, words: string[]) =>
  (await promisify(execFile)(program, words, { maxBuffer: 2 ** 26 })).stdout;

export const native = (preset: string): Machine => (arithmetic, threads) =>
  output(join(build, preset, 'traces/traces'), [arithmetic, String(threads)]);

const moduleOf = (arithmetic: Arithmetic, threads: number) => `${arithmetic}${threads > 1 ? '-threads' : ''}.js`;

const relaxedSimd = '--experimental-wasm-relaxed-simd';
const nodeFlags = spawnSync(process.execPath, [relaxedSimd, '-e', '0']).status === 0 ? [relaxedSimd] : [];

export const node: Machine = (arithmetic, threads) => output(process.execPath, [
  ...nodeFlags, fileURLToPath(new URL('run.mjs', import.meta.url)), `file://${join(wasm, moduleOf(arithmetic, threads))}`, arithmetic, String(threads),
]);

/** A server that lets its pages have threads. */
async function serve() {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url!, 'http://localhost').pathname.slice(1);
    try {
      const body = name === '' ? '<!doctype html><title>traces</title>' : await readFile(join(wasm, name));
      response.writeHead(200, {
        'content-type': name === '' ? 'text/html' : name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

/** Runs in a page: the module at this address, which prints. */
const run = `async (url, args) => {
  const lines = [];
  const { default: createModule } = await import(url);
  const module = await createModule({ print: (line) => lines.push(line) });
  module.callMain(args);
  return lines.join('\\n');
}`;

/** Code for a page: what the traces print, or null where the browser lacks what they need. */
const inPage = (arithmetic: Arithmetic, threads: number) => `(async () => {
  if (${threads} > 1 && typeof SharedArrayBuffer === 'undefined') return null;
  try {
    return await (${run})('/${moduleOf(arithmetic, threads)}', ${JSON.stringify([arithmetic, String(threads)])});
  } catch (error) {
    if (${arithmetic === 'fma'} && /relaxed|invalid|Compile|parse|opcode/i.test(String(error))) return null;
    throw error;
  }
})()`;

export interface Browser {
  machine: Machine;
  close: () => Promise<void>;
}

export async function chromium(): Promise<Browser> {
  const server = await serve();
  const browser = await launch();
  return {
    async machine(arithmetic, threads) {
      const page = await browser.newPage();
      await page.goto(server.url);
      const text = await page.evaluate<string | null>(inPage(arithmetic, threads));
      await page.close();
      return text;
    },
    close: async () => (await browser.close(), server.close()),
  };
}

export async function firefox(executablePath: string): Promise<Browser> {
  const { default: puppeteer } = await import('puppeteer-core');
  const server = await serve();
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: 170_000 });
  return {
    async machine(arithmetic, threads) {
      const page = await browser.newPage();
      await page.goto(server.url);
      const text = (await page.evaluate(inPage(arithmetic, threads))) as string | null;
      await page.close();
      return text;
    },
    close: async () => (await browser.close(), server.close()),
  };
}

/** WebKitGTK's small browser, on a screen of its own. */
export async function webkit(driver: string): Promise<Browser> {
  const { Builder, Capabilities } = await import('selenium-webdriver');
  const server = await serve();
  const display = `:${77 + (process.pid % 500)}`;
  const port = 20000 + (process.pid % 20000);
  const screen = spawn('Xvfb', [display, '-screen', '0', '800x600x24'], { stdio: 'ignore' });
  const service = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const browser = spawnSync('sh', ['-c', 'ls /usr/lib/*/webkit2gtk-4.1/MiniBrowser /usr/libexec/webkit2gtk-4.1/MiniBrowser 2>/dev/null']).stdout.toString().split('\n')[0];
  const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } });
  const connect = () => new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  // The screen and the driver take a moment to start.
  let session;
  for (let attempt = 0; !session; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    session = await connect().catch((error: unknown) => {
      if (attempt > 20) throw error;
      return undefined;
    });
  }
  await session.manage().setTimeouts({ script: 170_000 });
  return {
    async machine(arithmetic, threads) {
      await session.get(server.url);
      const result = (await session.executeAsyncScript(`const done = arguments[arguments.length - 1];
        ${inPage(arithmetic, threads)}.then((text) => done({ text }), (error) => done({ error: String(error) }));`)) as { text: string | null; error?: string };
      if (result.error) throw new Error(result.error);
      return result.text;
    },
    async close() {
      await session.quit().catch(() => undefined);
      service.kill();
      screen.kill();
      server.close();
    },
  };
}
