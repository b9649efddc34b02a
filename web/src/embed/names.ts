/** The attributes that say what is trained, and how. */
export const settingNames = [
  'dataset', 'layers', 'activation', 'initializer', 'optimizer', 'learning-rate', 'schedule', 'batch-size', 'epochs', 'seed', 'autoplay',
] as const;

/** The attributes of `<toydl-playground>`, which are also the names in the address of `embed.html`. */
export const attributeNames = [
  ...settingNames,
  // What is shown.
  'src', 'panels', 'hide', 'theme', 'lang',
  // Where files are.
  'data-url', 'wasm-url', 'worker-url',
] as const;

export type AttributeName = (typeof attributeNames)[number];

/** The attributes that are there, by their names. */
export type Attributes = Partial<Record<AttributeName, string>>;

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What can be asked of `<toydl-playground>` by name: its methods that need nothing and give nothing. */
const commands = ['start', 'pause', 'step', 'reset'] as const;

/** That which is meant, if any is. */
export const commandNamed = (name: unknown): (typeof commands)[number] | undefined => commands.find((command) => command === name);

/** The events of `<toydl-playground>`. */
export const eventNames = ['toydl-ready', 'toydl-report', 'toydl-epoch', 'toydl-goal', 'toydl-error'] as const;
