import { panelNames, type PanelName } from '../session-panels.js';
import type { Settings } from '../settings.js';
import { words } from '../words/index.js';
import { among, embeddable, namesIn, namesOfSettings, settingsFrom } from './attributes.js';
import { themes, type Attributes, type Theme } from './names.js';

/** What an author asks of the element. */
export interface Embedding {
  settings: Settings;
  panels: readonly PanelName[];
  /** Names of parts. */
  hidden: readonly string[];
  theme: Theme;
  /** What was asked and makes no sense, one sentence each. */
  complaints: readonly string[];
}

/** What can be hidden, and styled from outside as `::part(…)`, beside the panels. */
const controlNames: readonly string[] = [
  'play', 'step', 'epoch', 'reset',
  'accuracy', 'progress', 'numbers',
  ...namesOfSettings, 'learning-rate-slider',
  ...embeddable.map((name) => `dataset-${name}`),
  'presets', 'save-curves', 'save-model', 'open-model', 'command', 'hash', 'see-inside',
  'lesson', 'lesson-back', 'lesson-next', 'goal', 'data-bar',
];

const usualPanels: readonly PanelName[] = ['status', 'controls', 'samples', 'curves'];

/** Reads the attributes of the element, or the like from elsewhere. What makes no sense keeps its default, and is named. */
export function embeddingFrom(attributes: Attributes): Embedding {
  const complaints: string[] = [];
  const settings = settingsFrom(attributes, complaints);
  if (settings.dataset === 'fashion' && attributes['data-url'] === undefined) {
    complaints.push(words().player.needsDataUrl);
    settings.dataset = 'mnist';
  }
  const panels = among('panels', namesIn(attributes.panels), panelNames, complaints);
  return {
    settings,
    panels: panels.length > 0 ? panels : usualPanels,
    hidden: among('hide', namesIn(attributes.hide), [...panelNames, ...controlNames], complaints),
    theme: among('theme', namesIn(attributes.theme), themes, complaints)[0] ?? 'auto',
    complaints,
  };
}
