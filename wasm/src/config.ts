import { toCamelCase, toSnakeCase } from './errors.js';

/** A layer, loss, optimizer, initializer or metric by its name in the registry, with its options. */
export interface Config {
  type: string;
  [option: string]: unknown;
}

/** A config as the engine reads it. */
export function toEngine(config: Config): string {
  return JSON.stringify(renamed(JSON.parse(JSON.stringify(config, readable)), toSnakeCase));
}

/** A config as the engine wrote it. */
export function fromEngine(text: string): Config {
  return renamed(JSON.parse(text), toCamelCase) as Config;
}

/** JSON would turn NaN and infinity into null; the engine's message shall name them. */
const readable = (_: string, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}
