// Whoever reads the types of this package needs not choose this part of the language's library themselves.
/// <reference lib="esnext.disposable" preserve="true" />
import type { ClassHandle } from './engine/toydl.js';
import { ToydlError } from './errors.js';

// Node 20 and some browsers know `using` only through TypeScript, which looks for this symbol.
(Symbol as { dispose?: symbol }).dispose ??= Symbol.for('Symbol.dispose');

/** The engine's object behind a Handle; not for users, so not a property. */
export let rawOf: <Raw extends ClassHandle>(handle: Handle<Raw>) => Raw;

/** Whether this is an object of the engine's, and not one that a user made. */
export const isRaw = (value: unknown): value is ClassHandle =>
  typeof value === 'object' && value !== null && 'isDeleted' in value && !(value instanceof Handle);

/**
 * An object whose memory is the engine's. `dispose()`, or `using`, gives the memory back at once; the garbage collector does
 * so too, but late or never, for it does not see how large that memory is.
 */
export abstract class Handle<Raw extends ClassHandle = ClassHandle> {
  #raw: Raw | undefined;

  /** @internal */
  constructor(raw: Raw) {
    this.#raw = raw;
  }

  /** Whether `dispose` was called. */
  get disposed(): boolean {
    return this.#raw === undefined;
  }

  /** Gives the memory back. The object cannot be used any more; disposing of it again does nothing. */
  dispose(): void {
    this.#raw?.delete();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  static {
    rawOf = <Raw extends ClassHandle>(handle: Handle<Raw>): Raw => {
      if (handle.#raw) return handle.#raw;
      throw new ToydlError('disposed', `This ${handle.kind} was disposed of. ${handle.whyDisposed}`);
    };
  }

  /** The name of the class, for messages; a minifier leaves it alone. */
  protected abstract readonly kind: string;

  protected get whyDisposed(): string {
    return 'It cannot be used after dispose(), or after what it belongs to was disposed of.';
  }
}
