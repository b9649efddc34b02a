import { kindsOf, type Kind } from '../configs.js';
import type { DatasetName } from '../datasets.js';
import { panelNames, type PanelName } from '../session-panels.js';
import type { Settings } from '../settings.js';
import { shortened } from '../show.js';
import { words } from '../words/index.js';
import { urlFrom } from './address.js';
import { among, embeddable, namesIn, namesOfSettings, settingsFrom } from './attributes.js';
import { themes, type AttributeName, type Attributes, type Theme } from './names.js';

/** What an author asks of the element. */
export interface Embedding {
  settings: Settings;
  panels: readonly PanelName[];
  /** Names of parts. */
  hidden: readonly string[];
  theme: Theme;
  /** Where files are, absolute; those that were not named are where the package has them. */
  places: Places;
  /** The address of a lesson. */
  lesson?: string | undefined;
  /** What was asked and makes no sense, one sentence each. */
  complaints: readonly string[];
}

export interface Places {
  data?: string | undefined;
  wasm?: string | undefined;
  worker?: string | undefined;
}

/** What can be hidden, and styled from outside as `::part(…)`, beside the panels. */
const controlNames: readonly string[] = [
  'play', 'step', 'epoch', 'reset',
  'accuracy', 'progress', 'numbers',
  ...namesOfSettings, 'learning-rate-slider',
  ...optionFields('optimizer', 'optimizers'), ...optionFields('schedule', 'schedules'),
  ...embeddable.map((name) => `dataset-${name}`),
  'presets', 'save-curves', 'save-model', 'open-model', 'command', 'hash', 'see-inside',
  'lesson', 'lesson-back', 'lesson-next', 'goal', 'data-bar',
];

/** The fields for the options of any of a kind. */
function optionFields(name: string, kind: Kind): string[] {
  return [...new Set(kindsOf(kind).flatMap(({ options }) => options.map((option) => `${name}-${option.name}`)))];
}

const usualPanels: readonly PanelName[] = ['status', 'controls', 'samples', 'curves'];

/** Reads the attributes of the element, or the like from elsewhere. What makes no sense keeps its default, and is named. */
export function embeddingFrom(attributes: Attributes): Embedding {
  const complaints: string[] = [];
  const addressIn = (name: AttributeName) => address(name, attributes, complaints);
  const places = { data: addressIn('data-url')?.replace(/\/?$/, '/'), wasm: addressIn('wasm-url'), worker: addressIn('worker-url') };
  const lesson = addressIn('src');
  const settings = settingsFrom(attributes, complaints);
  if (!datasetsIn(places).includes(settings.dataset)) {
    complaints.push(words().player.needsDataUrl);
    settings.dataset = 'mnist';
  }
  const panels = among('panels', namesIn(attributes.panels), panelNames, complaints);
  return {
    settings,
    places,
    lesson,
    panels: panels.length > 0 ? panels : usualPanels,
    hidden: among('hide', namesIn(attributes.hide), [...panelNames, ...controlNames], complaints),
    theme: among('theme', namesIn(attributes.theme), themes, complaints)[0] ?? 'auto',
    complaints,
  };
}

/** The data sets that can be had: the package has a starter of MNIST, and the points of the plane are computed. */
export const datasetsIn = ({ data }: Places): readonly DatasetName[] => embeddable.filter((name) => name !== 'fashion' || data !== undefined);

/** An address as the document understands it. */
function address(name: AttributeName, attributes: Attributes, complaints: string[]): string | undefined {
  const text = attributes[name];
  if (text === undefined) return undefined;
  const url = urlFrom(text, document.baseURI);
  if (!url) complaints.push(words().address.refused(name, shortened(text), words().player.noAddress));
  return url?.href;
}
