// Machines with other processors than this one's: compilers for them, and QEMU, which runs what they make. Debian has both.
import { isDebianLike } from '../lib/debian.mjs';
import { which } from '../lib/which.mjs';

/** As Debian calls their processors; each is a CMake preset too. On s390x a number's bytes are in the other order. */
const machines = ['aarch64', 's390x'];

const compiler = (machine) => `${machine}-linux-gnu-g++`;
const emulator = (machine) => `qemu-${machine}`;

/** Of each machine the command that runs its programs; null where its compiler or QEMU is not there. */
export const emulators = () => Object.fromEntries(machines.map((machine) => [
  machine,
  which(compiler(machine)) && which(emulator(machine)) ? [emulator(machine), '-L', `/usr/${machine}-linux-gnu`] : null,
]));

/** Where they cannot be installed, tests leave these machines out, and say so. */
export function missingPackages() {
  if (!isDebianLike()) return [];
  return [
    ...(machines.every((machine) => which(emulator(machine))) ? [] : ['qemu-user']),
    ...machines.filter((machine) => !which(compiler(machine))).map((machine) => `g++-${machine}-linux-gnu`),
  ];
}
