import { ToydlError } from './errors.js';

/** A whole number in a range, for what must survive the way into C++ as it is. */
export function wholeNumber(name: string, value: unknown, min: number, max = 0x7fffffff): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ToydlError('option', `${name} must be a whole number from ${min} to ${max}, it is ${show(value)}`);
}

/** A number, of which the engine says whether it will do. */
export function anyNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new ToydlError('option', `${name} must be a number, it is ${show(value)}`);
}

/** A text, for what C++ wants as UTF-8. */
export function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ToydlError('option', `${name} must be a string, it is ${show(value)}`);
}

/** An object of one of our classes, and not yet disposed of by mistake for another. */
export function instance<Type>(name: string, value: unknown, type: abstract new (...args: never[]) => Type): Type {
  if (value instanceof type) return value;
  throw new ToydlError('option', `${name} must be a ${type.name}, it is ${show(value)}`);
}

/** Options are members of an object: `new Adam(parameters, 0.1)` is a mistake. */
export function optionsOf<Options extends object>(options: Options): Options {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options;
  throw new ToydlError('option', `options are given as an object, such as { learningRate: 0.1 }, not as ${String(options)}`);
}

/** Options of which all are known: one that is misspelt would be passed over in silence. */
export function knownOptions<Options extends object>(owner: string, options: Options, known: readonly (keyof Options & string)[]): Options {
  const unknown = Object.keys(optionsOf(options)).find((name) => !known.includes(name as keyof Options & string));
  if (unknown === undefined) return options;
  throw new ToydlError('option', `${owner} has no option '${unknown}'; it has ${known.join(', ')}`);
}

/** An array, for what is gone through. */
export function list<Item>(name: string, value: readonly Item[]): readonly Item[] {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  throw new ToydlError('option', `${name} must be an array, it is ${show(value)}`);
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'object'}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
