import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { chromium, firefox, webkit, type AnyBrowser } from '../browsers.js';
import { type Browser, type Machine, inBrowser, native, node } from './machines.js';
import { difference, reference, testSameBits, type Traces } from './same-bits.js';

// A model of each layer family is trained for 200 steps on every machine there is: native programs of different compilers and
// options, Node, and three browsers; with one thread and with two. All must give the same bits.

const hasBuild = (preset: string) => existsSync(fileURLToPath(new URL(`../../build/${preset}/traces/traces`, import.meta.url)));
const { FIREFOX, WEBKIT_DRIVER } = process.env;

const opened: Browser[] = [];
afterAll(() => Promise.all(opened.map((browser) => browser.close())));

/** Opens a browser when it is first needed. */
function lazily(open: () => Promise<AnyBrowser>): Machine {
  let browser: Promise<Browser> | undefined;
  return async (arithmetic, threads) => {
    browser ??= inBrowser(open).then((it) => (opened.push(it), it));
    return (await browser).machine(arithmetic, threads);
  };
}

const machines: Record<string, Machine | null> = {
  'g++ -O3': reference,
  'g++ -O3 -march=native': native('fast'),
  'clang -O1': hasBuild('clang') ? native('clang') : null,
  Node: node,
  Chromium: lazily(chromium),
  Firefox: FIREFOX ? lazily(() => firefox(FIREFOX)) : null,
  WebKit: WEBKIT_DRIVER ? lazily(() => webkit(WEBKIT_DRIVER)) : null,
};

testSameBits(machines, { fma: ['Firefox', 'WebKit', 'Node'], threads: ['WebKit'] });

test('a difference is named by the first step and layer that has it', () => {
  const traces: Traces = { dense: [[['Linear(2, 1)', 'a'], ['Linear(1, 1)', 'b']], [['Linear(2, 1)', 'c'], ['Linear(1, 1)', 'd']]] };
  const other = structuredClone(traces);
  expect(difference(traces, other)).toBe(null);
  other.dense![1]![1]![1] = 'e';
  expect(difference(traces, other)).toBe('dense, step 2, Linear(1, 1)');
});
