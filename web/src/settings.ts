/** Everything a visitor can set. The same settings give the same weights on every machine. */
export interface Settings {
  hidden: readonly number[];
  learningRate: number;
  batchSize: number;
  epochs: number;
  seed: number;
  autoplay: boolean;
}

export type SettingKey = keyof Settings;

/** One row of the table: all that controls, URL and validation need to know of a setting. */
export interface Setting<T> {
  /** Name in the URL and of its input. */
  name: string;
  label: string;
  default: T;
  /** What is allowed, to complete "… must be". */
  allowed: string;
  /** The value, or undefined if the text is not allowed. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** A change throws the present run away and builds a new one. */
  rebuilds: boolean;
  /** The keyboard a phone shows; absent for what has no input on the page. */
  inputMode?: 'numeric' | 'decimal' | 'text';
  /** A word of help under the input. */
  hint?: string;
  /** Ends of a logarithmic slider. */
  slider?: { min: number; max: number };
}

function integer(text: string, min: number, max: number): number | undefined {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}

function integers(text: string, maxCount: number, min: number, max: number): number[] | undefined {
  if (text.trim() === '') return [];
  const values = text.split(',').map((part) => integer(part, min, max));
  return values.length <= maxCount && values.every((value) => value !== undefined) ? values : undefined;
}

function positive(text: string, max: number): number | undefined {
  // The decimal keypad of many phones has a comma and no point.
  const number = text.trim().replace(',', '.');
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number) ? Number(number) : NaN;
  return value > 0 && value <= max ? value : undefined;
}

function flag(text: string): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}

/** The table of settings, in the order in which the page shows them. */
export const settingsTable: { readonly [K in SettingKey]: Setting<Settings[K]> } = {
  learningRate: {
    name: 'learning-rate',
    label: 'Learning rate',
    default: 0.1,
    allowed: 'a number above 0 and up to 1000, such as 0.1',
    parse: (text) => positive(text, 1000),
    format: String,
    rebuilds: false,
    inputMode: 'decimal',
    hint: 'Acts at once.',
    slider: { min: 0.0001, max: 10 },
  },
  hidden: {
    name: 'hidden',
    label: 'Hidden layers',
    default: [50],
    allowed: 'up to 4 sizes from 1 to 512 with commas between, such as 128, 64; or empty',
    parse: (text) => integers(text, 4, 1, 512),
    format: (sizes) => sizes.join(','),
    rebuilds: true,
    inputMode: 'text',
    hint: 'Sizes, such as 128, 64. Empty: none.',
  },
  batchSize: {
    name: 'batch-size',
    label: 'Batch size',
    default: 64,
    allowed: 'a whole number from 1 to 512',
    parse: (text) => integer(text, 1, 512),
    format: String,
    rebuilds: true,
    inputMode: 'numeric',
  },
  epochs: {
    name: 'epochs',
    label: 'Epochs',
    default: 10,
    allowed: 'a whole number from 1 to 100',
    parse: (text) => integer(text, 1, 100),
    format: String,
    rebuilds: true,
    inputMode: 'numeric',
  },
  seed: {
    name: 'seed',
    label: 'Seed',
    default: 42,
    allowed: 'a whole number from 0 to 4294967295',
    parse: (text) => integer(text, 0, 4294967295),
    format: String,
    rebuilds: true,
    inputMode: 'numeric',
  },
  autoplay: {
    name: 'autoplay',
    label: 'Autoplay',
    default: true,
    allowed: '0 or 1',
    parse: flag,
    format: (on) => (on ? '1' : '0'),
    rebuilds: false,
  },
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

/**
 * Settings from an address' hash, such as `#hidden=50&seed=7`. What is bad keeps its default and is named in `complaints`,
 * one sentence each.
 */
export function settingsFromHash(hash: string): { settings: Settings; complaints: string[] } {
  const values: Record<string, unknown> = { ...defaultSettings() };
  const complaints: string[] = [];
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const key = settingKeys.find((candidate) => settingOf(candidate).name === name);
    if (key === undefined) {
      complaints.push(`“${shortened(name)}” is not a setting.`);
      continue;
    }
    const value = settingOf(key).parse(text);
    if (value === undefined) complaints.push(`${name} cannot be “${shortened(text)}”: it must be ${settingOf(key).allowed}.`);
    else values[key] = value;
  }
  return { settings: values as unknown as Settings, complaints };
}

/** All settings as an address' hash; also the defaults, so that a link stays the same run should they ever change. */
export function hashFromSettings(settings: Settings): string {
  const parts = settingKeys
    .filter((key) => key !== 'autoplay' || !settings.autoplay)
    .map((key) => `${settingOf(key).name}=${settingOf(key).format(settings[key])}`);
  return `#${parts.join('&')}`;
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
