import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import golden from '../golden/traces.json' with { type: 'json' };
import { chromium, firefox, webkit, type AnyBrowser } from '../browsers.js';
import { type Arithmetic, type Browser, type Machine, inBrowser, native, node } from './machines.js';

// A model of each layer family is trained for 200 steps on every machine there is: native programs of different compilers and
// options, Node, and three browsers; with one thread and with two. All must give the same bits.

/** Of each family, for every step, the hash of every layer's weights: [layer, hash]. */
type Traces = Record<string, [string, string][][]>;

/** Where two traces begin to differ: "images, step 3, Conv2D(…)"; null if nowhere. */
function difference(a: Traces, b: Traces): string | null {
  for (const family of Object.keys(a)) {
    const steps = a[family]!;
    for (const [step, layers] of steps.entries()) {
      for (const [i, [layer, hash]] of layers.entries()) {
        if (b[family]?.[step]?.[i]?.[1] !== hash) return `${family}, step ${step + 1}, ${layer}`;
      }
    }
  }
  return null;
}

const lastHashes = (traces: Traces) =>
  Object.fromEntries(Object.entries(traces).map(([family, steps]) => [family, steps.at(-1)!.map(([, hash]) => hash).join(' ')]));

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

/** What the others are held against. */
const reference = native('native');
const references: Partial<Record<Arithmetic, Promise<Traces>>> = {};
const referenceFor = (arithmetic: Arithmetic) =>
  (references[arithmetic] ??= reference(arithmetic, 1).then((text) => JSON.parse(text!) as Traces));

const machines: Record<string, Machine | null> = {
  'g++ -O3': reference,
  'g++ -O3 -march=native': native('fast'),
  'clang -O1': hasBuild('clang') ? native('clang') : null,
  Node: node,
  Chromium: lazily(chromium),
  Firefox: FIREFOX ? lazily(() => firefox(FIREFOX)) : null,
  WebKit: WEBKIT_DRIVER ? lazily(() => webkit(WEBKIT_DRIVER)) : null,
};

/** Machines that may lack fused multiply-add, or threads, and are then left out. */
const mayLack: Record<string, string[]> = { fma: ['Firefox', 'WebKit', 'Node'], threads: ['WebKit'] };

describe.each<Arithmetic>(['strict', 'fma'])('%s', (arithmetic) => {
  describe.each([1, 2])('%d thread(s)', (threads) => {
    for (const [name, machine] of Object.entries(machines)) {
      test.skipIf(machine === null)(`${name} gives the bits that all give`, async ({ skip }) => {
        const text = await machine!(arithmetic, threads);
        if (text === null) {
          const excused = (arithmetic === 'fma' && mayLack.fma!.includes(name)) || (threads > 1 && mayLack.threads!.includes(name));
          expect(excused).toBe(true);
          skip();
        }
        const traces = JSON.parse(text!) as Traces;
        expect(difference(await referenceFor(arithmetic), traces)).toBe(null);
        expect(lastHashes(traces)).toEqual(golden[arithmetic]);
      });
    }
  });
});

test('a difference is named by the first step and layer that has it', () => {
  const traces: Traces = { dense: [[['Linear(2, 1)', 'a'], ['Linear(1, 1)', 'b']], [['Linear(2, 1)', 'c'], ['Linear(1, 1)', 'd']]] };
  const other = structuredClone(traces);
  expect(difference(traces, other)).toBe(null);
  other.dense![1]![1]![1] = 'e';
  expect(difference(traces, other)).toBe('dense, step 2, Linear(1, 1)');
});
