import { describe, expect, test } from 'vitest';
import golden from '../golden/traces.json' with { type: 'json' };
import { type Arithmetic, type Machine, native } from './machines.js';

// Tests that machines give the same bits: step by step those of the native program, whose last are those of the golden file.

/** Of each family, for every step, the hash of every layer's weights: [layer, hash]. */
export type Traces = Record<string, [string, string][][]>;

/** Where two traces begin to differ: "images, step 3, Conv2D(…)"; null if nowhere. */
export function difference(a: Traces, b: Traces): string | null {
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

const firstSteps = (traces: Traces, count: number) =>
  Object.fromEntries(Object.entries(traces).map(([family, steps]) => [family, steps.slice(0, count)]));

const lastHashes = (traces: Traces) =>
  Object.fromEntries(Object.entries(traces).map(([family, steps]) => [family, steps.at(-1)!.map(([, hash]) => hash).join(' ')]));

/** What the others are held against. */
export const reference = native('native');
const references: Partial<Record<Arithmetic, Promise<Traces>>> = {};
const referenceFor = (arithmetic: Arithmetic) =>
  (references[arithmetic] ??= reference(arithmetic, 1).then((text) => JSON.parse(text!) as Traces));

/** Names of machines that may lack fused multiply-add, or threads, and are then left out. */
type MayLack = Record<'fma' | 'threads', string[]>;

/**
 * A test for each machine, arithmetic and number of threads; skipped for a machine that is null. `steps`: how many the machines do,
 * where they are too slow for all.
 */
export function testSameBits(machines: Record<string, Machine | null>, mayLack: MayLack, steps = Infinity) {
  describe.each<Arithmetic>(['strict', 'fma'])('%s', (arithmetic) => {
    describe.each([1, 2])('%d thread(s)', (threads) => {
      for (const [name, machine] of Object.entries(machines)) {
        test.skipIf(machine === null)(`${name} gives the bits that all give`, async ({ skip }) => {
          const text = await machine!(arithmetic, threads);
          if (text === null) {
            const excused = (arithmetic === 'fma' && mayLack.fma.includes(name)) || (threads > 1 && mayLack.threads.includes(name));
            expect(excused).toBe(true);
            skip();
          }
          const all = await referenceFor(arithmetic);
          expect(difference(firstSteps(all, steps), JSON.parse(text!) as Traces)).toBe(null);
          expect(lastHashes(all)).toEqual(golden[arithmetic]);
        });
      }
    });
  });
}
