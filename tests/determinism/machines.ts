import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AnyBrowser } from '../browsers.js';

// Where traces can be run: each takes the arithmetic and a number of threads, and answers with what the program prints, or null
// if there is no such thing here.

export type Arithmetic = 'strict' | 'fma';
export type Machine = (arithmetic: Arithmetic, threads: number) => Promise<string | null>;

const build = fileURLToPath(new URL('../../build/', import.meta.url));
const wasm = join(build, 'wasm/traces');

/** The exit code of the traces where this processor or this build lacks what they are asked for. */
const unsupported = 77;

async function output(program: string, words: string[]) {
  try {
    return (await promisify(execFile)(program, words, { maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    if ((error as { code?: unknown }).code === unsupported) return null;
    throw error;
  }
}

const traces = (preset: string) => join(build, preset, 'traces/traces');

export const native = (preset: string): Machine => (arithmetic, threads) => output(traces(preset), [arithmetic, String(threads)]);

/** A program for another processor and the command that runs such programs; it does only these first steps. */
export const emulated = (preset: string, emulator: string[], steps: number): Machine => (arithmetic, threads) => {
  const [program, ...words] = [...emulator, traces(preset), arithmetic, String(threads), String(steps)];
  return output(program!, words);
};

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

/** A browser as a machine. */
export async function inBrowser(open: () => Promise<AnyBrowser>): Promise<Browser> {
  const server = await serve();
  const browser = await open();
  return {
    machine: (arithmetic, threads) => browser.run<string | null>(server.url, inPage(arithmetic, threads)),
    close: async () => (await browser.close(), server.close()),
  };
}
