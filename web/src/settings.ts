import type { Config, OwnSamples } from 'toydl/training/protocol';
import { checkedConfig, checkedNetwork, descriptorOf, isSame, noSuch, shortest, withPoint } from './configs.js';
import { dataOf, datasetNames, type DatasetName } from './datasets.js';
import { perceptron, presetFor } from './presets.js';
import { shortened } from './show.js';
import { words } from './words/index.js';

export const views = ['learn', 'inside', 'mistakes', 'draw', 'build'] as const;
export type View = (typeof views)[number];

/** Everything a visitor can set. The same settings give the same weights on every machine. */
export interface Settings {
  dataset: DatasetName;
  layers: readonly Config[];
  /** A name in the registry, or `''`: each layer its own. */
  initializer: string;
  /** Without learning rate and schedule. */
  optimizer: Config;
  learningRate: number;
  schedule: Config;
  batchSize: number;
  epochs: number;
  seed: number;
  autoplay: boolean;
  view: View;
}

export type SettingKey = keyof Settings;

/** One row of the table: all that URL, validation and forms need to know of a setting; its words are in the catalogue, under its key. */
export interface Setting<T> {
  /** Name in the URL and of its input. */
  name: string;
  default: T;
  /** The value; undefined, or an error that says why, if the text is not allowed. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** A change throws the present run away and builds a new one. */
  rebuilds: boolean;
  /** Whether the URL may leave it out where it has its default. */
  brief?: boolean;
}

function integer(text: string, min: number, max: number): number | undefined {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}

function positive(text: string, max: number): number | undefined {
  const number = withPoint(text);
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number) ? Number(number) : NaN;
  return value > 0 && value <= max ? value : undefined;
}

const oneOf = <T extends string>(allowed: readonly T[]) => (text: string): T | undefined => allowed.find((value) => value === text);

/** `784,50,10` stands for linear layers of these sizes. @throws {Error} */
function layersFromText(text: string): Config[] | undefined {
  if (!/^\s*[\d\s,]*$/.test(text)) return checkedNetwork(JSON.parse(text));
  const sizes = text.split(',').map((part) => integer(part, 1, 4096));
  if (sizes.length < 2 || sizes.length > 12 || sizes.some((size) => size === undefined)) return undefined;
  return checkedNetwork(perceptron(sizes as number[]));
}

function layersToText(layers: readonly Config[]): string {
  const brief = layers.map((layer) => shortest('layers', layer));
  const linear = brief.filter(({ type }) => type === 'Linear');
  const sizes = [linear[0]?.inFeatures, ...linear.map(({ outFeatures }) => outFeatures)] as number[];
  return isSame(brief, perceptron(sizes)) ? sizes.join(',') : JSON.stringify(brief);
}

/** A config by its name alone, where it has no options to tell. */
function configToText(kind: 'optimizers' | 'schedules', config: Config): string {
  const brief = shortest(kind, config);
  return Object.keys(brief).length === 1 ? brief.type : JSON.stringify(brief);
}

function configFromText(kind: 'optimizers' | 'schedules', text: string): Config {
  return checkedConfig(kind, text.startsWith('{') ? JSON.parse(text) : text);
}

/** None is that of each layer. @throws {Error} */
function initializerFromText(text: string): string {
  if (text !== '' && !descriptorOf('initializers', text)) throw new Error(noSuch('initializers', text));
  return text;
}

const start = presetFor('mlp', dataOf('mnist'))!;

/** The table of settings. */
export const settingsTable: { readonly [K in SettingKey]: Setting<Settings[K]> } = {
  dataset: { name: 'data', default: 'mnist', parse: oneOf(datasetNames), format: String, rebuilds: true, brief: true },
  layers: { name: 'layers', default: start.layers, parse: layersFromText, format: layersToText, rebuilds: true },
  initializer: {
    name: 'initializer', default: '', parse: initializerFromText, format: String, rebuilds: true, brief: true,
  },
  optimizer: {
    name: 'optimizer', default: start.optimizer, parse: (text) => configFromText('optimizers', text), format: (config) => configToText('optimizers', config), rebuilds: true,
  },
  learningRate: { name: 'learning-rate', default: start.learningRate, parse: (text) => positive(text, 1000), format: String, rebuilds: false },
  schedule: {
    name: 'schedule', default: { type: 'ConstantSchedule' }, parse: (text) => configFromText('schedules', text), format: (config) => configToText('schedules', config), rebuilds: true, brief: true,
  },
  batchSize: { name: 'batch-size', default: 64, parse: (text) => integer(text, 1, 512), format: String, rebuilds: true },
  epochs: { name: 'epochs', default: 10, parse: (text) => integer(text, 1, 1000), format: String, rebuilds: true },
  seed: { name: 'seed', default: 42, parse: (text) => integer(text, 0, 4294967295), format: String, rebuilds: true },
  autoplay: { name: 'autoplay', default: true, parse: (text) => ({ 1: true, 0: false })[text], format: (on) => (on ? '1' : '0'), rebuilds: false, brief: true },
  view: { name: 'view', default: 'learn', parse: oneOf(views), format: String, rebuilds: false, brief: true },
};

export const settingKeys = Object.keys(settingsTable) as SettingKey[];

/** The row of a setting, for code that handles them all alike. */
export function settingOf(key: SettingKey): Setting<unknown> {
  return settingsTable[key] as Setting<unknown>;
}

/** The settings of a page opened without any in its address. */
export function defaultSettings(): Settings {
  return Object.fromEntries(settingKeys.map((key) => [key, settingOf(key).default])) as unknown as Settings;
}

/** Equal values of one setting; lists are compared by content. */
export function sameValue(key: SettingKey, a: unknown, b: unknown): boolean {
  return settingOf(key).format(a) === settingOf(key).format(b);
}

/** Whether settings differ in what makes another run. */
export function needsRebuild(a: Settings, b: Settings): boolean {
  return settingKeys.some((key) => settingOf(key).rebuilds && !sameValue(key, a[key], b[key]));
}

/** The settings that differ, of those that make another run. */
export function differences(a: Settings, b: Settings): SettingKey[] {
  return settingKeys.filter((key) => (settingOf(key).rebuilds || key === 'learningRate') && !sameValue(key, a[key], b[key]));
}

/**
 * Settings from an address' hash, such as `#layers=784,50,10&seed=7`. What is bad keeps its default and is named in `complaints`,
 * one sentence each.
 */
export function settingsFromHash(hash: string): { settings: Settings; complaints: string[] } {
  return settingsFromTexts([...new URLSearchParams(hash.replace(/^#/, ''))]);
}

/**
 * Settings by their names, each as a text.
 * @param defaults what holds where nothing is said
 */
export function settingsFromTexts(texts: readonly (readonly [name: string, text: string])[], defaults = defaultSettings()): { settings: Settings; complaints: string[] } {
  const values: Record<string, unknown> = { ...defaults };
  const complaints: string[] = [];
  for (const [name, text] of texts) {
    const key = settingKeys.find((candidate) => settingOf(candidate).name === name);
    if (key === undefined) {
      complaints.push(words().address.unknown(shortened(name)));
      continue;
    }
    const { value, reason } = attempt(key, text);
    if (value === undefined) complaints.push(words().address.refused(name, shortened(text), reason ?? words().settings[key].allowed));
    else values[key] = value;
  }
  return { settings: values as unknown as Settings, complaints };
}

/**
 * Settings from the page's own address. It cannot carry somebody's own samples: where there are none, MNIST stands in, with a network for it.
 * @param own the user's samples, if there are any
 */
export function settingsFromAddress(hash: string, own: OwnSamples | undefined): ReturnType<typeof settingsFromHash> {
  const { settings, complaints } = settingsFromHash(hash);
  if (settings.dataset !== 'own' || own) return { settings, complaints };
  return { settings: { ...settings, dataset: 'mnist', ...start }, complaints: [...complaints, words().own.notInAddress] };
}

/** What a text means as the value of a setting, or why it means nothing. */
function attempt(key: SettingKey, text: string): { value?: unknown; reason?: string } {
  try {
    return { value: settingOf(key).parse(text) };
  } catch (error) {
    return error instanceof SyntaxError ? {} : { reason: (error as Error).message };
  }
}

/** Settings as an address' hash; also most defaults, so that a link stays the same run should they ever change. */
export function hashFromSettings(settings: Settings): string {
  const parts = settingKeys
    .map((key) => ({ ...settingOf(key), value: settings[key] }))
    .filter((setting) => !setting.brief || setting.format(setting.value) !== setting.format(setting.default))
    // What an address may hold as it is stays readable.
    .map(({ name, format, value }) => `${name}=${encodeURIComponent(format(value)).replaceAll('%2C', ',').replaceAll('%3A', ':')}`);
  return `#${parts.join('&')}`;
}
