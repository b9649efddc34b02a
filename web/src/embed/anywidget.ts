import './standalone.js';
import { attributeNames, commandNamed, eventNames } from './names.js';

/** As much of anywidget's model as is used; a document that is not alive has less of it. */
interface WidgetModel {
  get(name: string): unknown;
  set?(name: string, value: unknown): void;
  save_changes?(): void;
  on?(event: string, listener: () => void): void;
  off?(event: string, listener: () => void): void;
}

/** Reports go to the kernel with this delay, in milliseconds, and those between are passed over. */
const reportEveryMs = 500;

/** In Python names have no hyphens. */
const traitOf = (name: string): string => name.replaceAll('-', '_');

/**
 * The playground in Jupyter, marimo and MyST (https://anywidget.dev). Traits are the element's attributes, `learning_rate` for
 * `learning-rate`; what happens comes back in the traits `ready`, `report`, `epoch_report`, `goal` and `error`, where there are such.
 * `command` takes `start`, `pause`, `step` or `reset`.
 */
function render({ model, el }: { model: WidgetModel; el: HTMLElement }): () => void {
  const playground = document.createElement('toydl-playground');
  const take = (name: string): void => {
    const value = model.get(traitOf(name));
    if (value === undefined || value === null || value === false || value === '') playground.removeAttribute(name);
    else playground.setAttribute(name, value === true ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
  };
  const say = (trait: string, value: unknown): void => {
    model.set?.(trait, value);
    model.save_changes?.();
  };
  // The latest is always said, if not at once.
  let latest: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sayNowAndThen = (trait: string, value: unknown): void => {
    latest = value;
    timer ??= setTimeout(() => {
      timer = undefined;
      say(trait, latest);
    }, reportEveryMs);
  };
  const obey = (): void => {
    const command = commandNamed(model.get('command'));
    if (!command) return;
    void playground[command]();
    // The same one again would be no change.
    say('command', '');
  };
  const listeners = [
    ...attributeNames.map((name) => ({ event: `change:${traitOf(name)}`, listener: () => take(name) })),
    { event: 'change:command', listener: obey },
  ];
  for (const name of attributeNames) take(name);
  for (const { event, listener } of listeners) model.on?.(event, listener);

  for (const name of eventNames) {
    playground.addEventListener(name, ({ detail }) => {
      if (name === 'toydl-report') sayNowAndThen(traits[name], detail);
      else say(traits[name], detail);
    });
  }
  el.append(playground);
  return () => {
    clearTimeout(timer);
    for (const { event, listener } of listeners) model.off?.(event, listener);
    playground.remove();
  };
}

/** `epochs` is a setting, and `epoch` alone would be taken for it. */
const traits = {
  'toydl-ready': 'ready', 'toydl-report': 'report', 'toydl-epoch': 'epoch_report', 'toydl-goal': 'goal', 'toydl-error': 'error',
} as const satisfies Record<(typeof eventNames)[number], string>;

export default { render };
