import { emulated, type Machine } from './machines.js';
import { testSameBits } from './same-bits.js';

// The same for processors of other kinds, whose programs an emulator runs: with other vectors and other instructions, and one with
// the bytes of a number in the other order.

/** Of each processor the command that runs its programs; null if there is none here. */
const emulators = JSON.parse(process.env.TOYDL_EMULATORS!) as Record<string, string[] | null>;

/** Of 200: an epoch and the beginning of the second. For all, an emulated s390x alone computes for most of an hour. */
const steps = 12;

const machines: Record<string, Machine | null> = Object.fromEntries(
  Object.entries(emulators).map(([name, command]) => [name, command && emulated(name, command, steps)]));

// s390x has fused multiply-add, but core/toydl/fused.h does not use it.
testSameBits(machines, { fma: ['s390x'], threads: [] }, steps);
