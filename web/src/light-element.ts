import { LitElement } from 'lit';
import type { OwnSamples, Watch } from 'toydl/training/protocol';
import type { DatasetName } from './datasets.js';
import type { PresetName } from './presets.js';
import type { Settings, View } from './settings.js';
import type { Language } from './words/index.js';

/** What panels ask of the app; events bubble up to it. */
export interface PanelEvents {
  'toydl-play': undefined;
  'toydl-pause': undefined;
  'toydl-step': undefined;
  'toydl-epoch': undefined;
  'toydl-reset': undefined;
  'toydl-retry': undefined;
  /** Nothing but a new beginning helps. */
  'toydl-reload': undefined;
  /** Some settings got new, valid values. What needs a rebuild may wait for `toydl-start-over`. */
  'toydl-settings': Partial<Settings>;
  /** Other data; with the user's own samples, if it is those. */
  'toydl-data': { name: DatasetName; own?: OwnSamples };
  'toydl-preset': PresetName;
  'toydl-start-over': undefined;
  'toydl-discard': undefined;
  'toydl-go-back': { learningRate: number };
  'toydl-view': View;
  /** Follow this sample from now on. */
  'toydl-watch': Watch['sample'];
  'toydl-language': Language;
  'toydl-close-notices': undefined;
  'toydl-save-model': undefined;
  'toydl-open-model': File;
  /** Go to this step of the lesson, counted from 0. */
  'toydl-lesson-step': number;
}

/** An element that renders into itself: one stylesheet for the page, and labels and tests can reach everything. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  protected emit<Name extends keyof PanelEvents>(name: Name, detail?: PanelEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

/** Defines an element, unless another copy of the page's code in this document was faster. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
