import type * as raw from './engine/toydl.js';
import { ToydlError, toCamelCase, toSnakeCase } from './errors.js';

/** A layer, loss, optimizer, schedule, initializer or metric by its name in the registry, with its options. */
export interface Config {
  type: string;
  [option: string]: unknown;
}

/** Objects that a config holds as they are; it names them by their positions here. */
export interface Given {
  layers: raw.Layer[];
  initializers: raw.Initializer[];
}

/** The name of a method of what a config may hold: it adds itself to the given, and returns what stands for it in the config. */
export const toGiven = Symbol('toGiven');

/** A config as the engine reads it. */
export function toEngine(config: Config, given?: Given): string {
  const plain = (_: string, value: unknown) => {
    if (typeof value === 'object' && value !== null && toGiven in value) return (value[toGiven] as (given?: Given) => unknown)(given);
    if (typeof value === 'function') throw new ToydlError('option', `an option cannot be the function ${value.name}; if it is a class, write new ${value.name}(…)`);
    if (typeof value === 'bigint') throw new ToydlError('option', `an option cannot be the bigint ${value}; give a number`);
    // JSON would turn NaN and infinity into null; the engine's message shall name them.
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  };
  return JSON.stringify(renamed(JSON.parse(JSON.stringify(config, plain) ?? 'null'), toSnakeCase));
}

/** Calls `make` with a config as the engine reads it, and the objects that it holds. */
export function withGiven<Result>(config: Config, make: (text: string, given: Given) => Result): Result {
  const given: Given = { layers: [], initializers: [] };
  try {
    return make(toEngine(config, given), given);
  } finally {
    for (const initializer of given.initializers) initializer.delete();
  }
}

/** A config as the engine wrote it. */
export function fromEngine(text: string): Config {
  return renamed(JSON.parse(text), toCamelCase) as Config;
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}
