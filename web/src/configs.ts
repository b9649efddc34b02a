import { descriptors } from 'toydl/engine/descriptors';
import type { Descriptor, OptionDescriptor } from 'toydl/descriptor';
import type { Config } from 'toydl/training/protocol';
import { show } from './show.js';

/** What a config may describe. */
export type Kind = 'layers' | 'optimizers' | 'schedules' | 'initializers';

/** More numbers in one option, or more layers, are no network for a page; and a link must not be able to exhaust a browser. */
export const mostInOption = 4096;
export const mostLayers = 40;
export const mostDepth = 4;
/** The page trains fewer, and says so; so many could not even be made to be counted. */
const mostNumbers = 2e7;

export const kindsOf = (kind: Kind): readonly Descriptor[] => descriptors[kind];

export const descriptorOf = (kind: Kind, type: string): Descriptor | undefined => descriptors[kind].find(({ name }) => name === type);

/** For somebody who named what there is not: what there is. */
export const noSuch = (kind: Kind, type: unknown): string => `there is no ${show(type)}; there are ${kindsOf(kind).map(({ name }) => name).join(', ')}`;

/** The learning rate that an optimizer has by default. */
export const usualLearningRate = ({ type }: Config): number | undefined =>
  descriptorOf('optimizers', type)?.options.find(({ name }) => name === 'learningRate')?.default as number | undefined;

/** The value of an option: that of the config, or its default. */
export const valueOf = (config: Config, option: OptionDescriptor): unknown => config[option.name] ?? option.default;

/** A config as it is written shortest: without the options that have their defaults. */
export function shortest(kind: Kind, config: Config): Config {
  const options = descriptorOf(kind, config.type)?.options ?? [];
  const told = options.filter((option) => option.name in config && !isSame(config[option.name], option.default));
  return Object.fromEntries([['type', config.type], ...told.map(({ name, kind: optionKind }) => [name, shortestValue(optionKind, config[name])])]) as Config;
}

function shortestValue(kind: OptionDescriptor['kind'], value: unknown): unknown {
  if (kind === 'layers') return (value as Config[]).map((layer) => shortest('layers', layer));
  if (kind === 'initializer') return shortest('initializers', value as Config);
  if (kind === 'schedule') return shortest('schedules', value as Config);
  return value;
}

/** A layer much as the engine names it in messages: `Conv2D(1, 4, 5, padding "same")`. */
export function describe(layer: Config): string {
  const brief = shortest('layers', layer);
  const told = (descriptorOf('layers', layer.type)?.options ?? []).filter(({ name, kind }) => name in brief && kind !== 'initializer');
  const values = told.map(({ name, kind, required }) => `${required ? '' : `${name} `}${describeValue(kind, layer[name])}`);
  return values.length === 0 ? layer.type : `${layer.type}(${values.join(', ')})`;
}

function describeValue(kind: OptionDescriptor['kind'], value: unknown): string {
  if (kind === 'layers') return (value as Config[]).map(describe).join(', ');
  return Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** Equal content. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * A config from outside, such as a link: only what the registry knows, of the right types and within bounds.
 * @throws {Error} that says what is wrong with it
 */
export function checkedConfig(kind: Kind, value: unknown, depth = 0): Config {
  if (typeof value === 'string') return checkedConfig(kind, { type: value }, depth);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${show(value)} is no object with a type`);
  const { type, ...options } = value as Config;
  const descriptor = descriptorOf(kind, type);
  if (!descriptor) throw new Error(noSuch(kind, type));
  const config: Config = { type: descriptor.name };
  for (const [name, given] of Object.entries(options)) {
    const option = descriptor.options.find((candidate) => candidate.name === name);
    if (!option) throw new Error(`${type} has no option ${show(name)}`);
    config[name] = checkedValue(type, option, given, depth);
  }
  const missing = descriptor.options.find(({ name, required }) => required && !(name in config));
  if (missing) throw new Error(`${type} needs ${missing.name}`);
  return config;
}

/** The product of a layer's whole numbers: about as many as it learns, for most. */
function sizeOf(config: Config): number {
  if (Array.isArray(config.layers)) return config.layers.reduce((sum: number, layer: Config) => sum + sizeOf(layer), 0);
  const numbers = descriptorOf('layers', config.type)!.options.filter(({ kind, name }) => kind === 'integer' && name in config);
  return numbers.reduce((product, { name }) => product * (config[name] as number), 1);
}

/** @throws {Error} for what are no layers, or are plainly too much for a browser */
export function checkedNetwork(value: unknown): Config[] {
  const layers = checkedLayers(value);
  const size = layers.reduce((sum, layer) => sum + sizeOf(layer), 0);
  if (size > mostNumbers) throw new Error(`these layers are too large for a page: they learn about ${size.toExponential(0)} numbers`);
  return layers;
}

function checkedLayers(value: unknown, depth = 0): Config[] {
  if (!Array.isArray(value)) throw new Error(`${show(value)} is no list of layers`);
  if (value.length > mostLayers || depth > mostDepth) throw new Error(`there are more than ${depth > mostDepth ? `${mostDepth} levels of` : mostLayers} layers`);
  return value.map((layer) => checkedConfig('layers', layer, depth));
}

function checkedValue(type: string, option: OptionDescriptor, value: unknown, depth: number): unknown {
  const { name, kind, choices } = option;
  const refuse = (wanted: string): never => {
    throw new Error(`${name} of ${type} must be ${wanted}, not ${show(value)}`);
  };
  const max = kind === 'integer' ? Math.min(option.max ?? mostInOption, mostInOption) : (option.max ?? Infinity);
  const min = option.min ?? -Infinity;
  switch (kind) {
    case 'integer':
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value) || (kind === 'integer' && !Number.isInteger(value)) || value < min || value > max) {
        return refuse(`a ${kind === 'integer' ? 'whole ' : ''}number${min > -Infinity ? ` from ${min}` : ''}${max < Infinity ? ` up to ${max}` : ''}`);
      }
      return value;
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'choice':
      return choices!.includes(value as string) ? value : refuse(`one of ${choices!.join(', ')}`);
    case 'shape':
      if (!Array.isArray(value) || value.length > 3 || !value.every((size) => Number.isInteger(size) && size >= 1 && size <= mostInOption)) {
        return refuse('up to 3 sizes, such as [1, 28, 28]');
      }
      return value;
    case 'layers':
      return checkedLayers(value, depth + 1);
    case 'initializer':
      return checkedConfig('initializers', value, depth + 1);
    case 'schedule':
      return checkedConfig('schedules', value, depth + 1);
  }
}

/** A number as somebody writes it: the decimal keypad of many phones has a comma and no point. */
export const withPoint = (text: string): string => text.trim().replace(',', '.');

/** The value of an option from the text of an input. @throws {Error} that says what it must be */
export function valueFromText(type: string, option: OptionDescriptor, text: string): unknown {
  const trimmed = text.trim();
  if (option.kind === 'shape') return checkedValue(type, option, /^\[?[\d\s,×x]*\]?$/.test(trimmed) ? (trimmed.match(/\d+/g) ?? []).map(Number) : text, 0);
  const number = Number(option.kind === 'number' ? withPoint(text) : trimmed);
  return checkedValue(type, option, trimmed === '' || Number.isNaN(number) ? text : number, 0);
}

/** The value of an option as the text of an input. */
export const textFromValue = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
