import { html } from 'lit';
import { define, LightElement } from '../light-element.js';
import { views, type View } from '../settings.js';
import { words } from '../words/index.js';

/** `<toydl-views>`: the tabs. On a wide page the last one, for building, stands beside the others all the time. */
export class ToydlViews extends LightElement {
  static override properties = { view: { attribute: false } };
  declare view: View;

  constructor() {
    super();
    this.view = 'learn';
  }

  override render() {
    const { views: names, viewsLabel } = words().app;
    return html`<div class="tabs" role="tablist" aria-label=${viewsLabel} @keydown=${this.#onKey}>
      ${views.map((view) => html`<button type="button" role="tab" id="view-${view}" data-testid="view-${view}" class="tab-${view}" aria-controls="view"
        aria-selected=${view === this.view} tabindex=${view === this.view ? 0 : -1} @click=${() => this.emit('toydl-view', view)}>${names[view]}</button>`)}
    </div>`;
  }

  /** As the keyboard works in any list of tabs. */
  #onKey(event: KeyboardEvent): void {
    const tabs = [...this.querySelectorAll<HTMLElement>('[role=tab]')].filter((tab) => tab.offsetParent !== null);
    const here = tabs.indexOf(event.target as HTMLElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[next % tabs.length]!;
    tab.focus();
    tab.click();
  }
}

define('toydl-views', ToydlViews);
