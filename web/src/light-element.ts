import { LitElement } from 'lit';

/** What panels ask of the app; events bubble up to it. */
export interface PanelEvents {
  'toydl-play': undefined;
  'toydl-pause': undefined;
  'toydl-step': undefined;
  'toydl-reset': undefined;
  'toydl-retry': undefined;
  /** A setting got a new, valid value. */
  'toydl-setting': { key: string; value: unknown };
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
