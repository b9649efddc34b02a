import { html, nothing } from 'lit';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

/** `<toydl-notices>`: sentences that somebody should read once. */
export class ToydlNotices extends LightElement {
  static override properties = { notices: { attribute: false } };
  declare notices: readonly string[];

  constructor() {
    super();
    this.notices = [];
  }

  override render() {
    const { close, closeNotice } = words().app;
    return html`<div role="status">${this.notices.length === 0 ? nothing : html`<div class="notice" data-testid="notice">
      <div>${this.notices.map((notice) => html`<p>${notice}</p>`)}</div>
      <button type="button" class="small" aria-label=${closeNotice} @click=${() => this.emit('toydl-close-notices')}>${close}</button>
    </div>`}</div>`;
  }
}

define('toydl-notices', ToydlNotices);
