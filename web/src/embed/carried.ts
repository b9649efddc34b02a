/** What a build of one file carries in itself, so that nothing else need be fetched. */
export interface Carried {
  /** The text of the worker's script. */
  workerText: string;
  wasmBytes: () => Promise<ArrayBuffer>;
  /** The starter of MNIST, by the names of its files. */
  starter: Record<string, Uint8Array>;
}

let carried: Carried | undefined;

export function carry(what: Carried): void {
  carried = what;
}

/** Undefined where files are fetched. */
export const whatIsCarried = (): Carried | undefined => carried;
