import { heap } from './engine.js';
import type * as raw from './engine/toydl.js';
import { type Thrown, setThrown, ToydlError } from './errors.js';
import type { Handle } from './handle.js';
import { rawOf } from './handle.js';
import { Tensor } from './tensor.js';

// Layers, losses, optimizers, initializers and metrics that a user writes: the engine calls methods of plain objects, which
// call the user's. An exception must not go through the engine, for its destructors would be skipped: it is kept, the engine
// gets its message instead of a result, and whoever called the engine throws the exception again.

/** The methods that the engine calls. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** The same methods, none of which throws. */
export function guarded(methods: Methods): Methods {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, (...args: never[]) => {
    try {
      return method(...args);
    } catch (error) {
      setThrown({ error } satisfies Thrown);
      return textOf(error);
    }
  }]));
}

function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something was thrown that has no text';
  }
}

/** The name of a user's class: its static `type`, for code whose names a minifier changes, or that of the class. */
export function nameOf(type: { name: string; type?: unknown }): string {
  return typeof type.type === 'string' ? type.type : type.name || 'a class without a name';
}

/** Calls user code with objects of the engine's that are the user's for the time of this call only. */
export function lend<Result>(handles: readonly Handle[], work: () => Result): Result {
  try {
    return work();
  } finally {
    for (const handle of handles) handle.dispose();
  }
}

/** What user code returns in place of numbers. */
export type Values = Tensor | ArrayLike<number>;

/** The results of a user's methods, on their way into the engine. A tensor among them is the receiver's from then on. */
export class Results {
  readonly #kept = new Map<string, Tensor>();

  /** Writes what `method` returned into a tensor of the engine's. @throws {ToydlError} if it is not as many numbers */
  write(method: string, values: Values, target: raw.Tensor): void {
    const isTensor = values instanceof Tensor;
    const wanted = `must return ${target.size()} numbers, of shape [${target.shape().join(', ')}], as a Tensor or an array`;
    if (!isTensor && !(Array.isArray(values) || ArrayBuffer.isView(values))) {
      throw new ToydlError('user', `it ${wanted}; it returned ${values === undefined ? 'nothing' : String(values)}`);
    }
    const size = isTensor ? values.size : (values as ArrayLike<number>).length;
    if (size !== target.size()) throw new ToydlError('user', `it ${wanted}; it returned ${size}`);
    const numbers = heap();
    const offset = target.offset();
    if (isTensor) {
      const from = rawOf(values).offset();
      numbers.copyWithin(offset, from, from + size);
      this.keep(method, values);
    } else {
      numbers.set(values as ArrayLike<number>, offset);
    }
  }

  /** Holds a tensor until the method's next result: the user may have kept it for another of their methods. */
  keep(method: string, values: Values): void {
    if (!(values instanceof Tensor)) return;
    const before = this.#kept.get(method);
    if (before !== values) before?.dispose();
    this.#kept.set(method, values);
  }

  dispose(): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept.clear();
  }
}
