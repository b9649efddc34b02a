import { html, nothing } from 'lit';
import type { Build } from '../build.js';
import { count } from '../format.js';
import { LightElement } from '../light-element.js';
import type { Settings } from '../settings.js';
import { changesInWords } from '../settings-in-words.js';
import { words } from '../words/index.js';

/** `<toydl-pending>`: what changes wait because they would throw training away, and the two ways out. */
export class ToydlPending extends LightElement {
  static override properties = { settings: { attribute: false }, draft: { attribute: false }, build: { attribute: false }, step: { attribute: false } };
  declare settings?: Settings;
  declare draft?: Settings;
  declare build?: Build;
  declare step: number;

  constructor() {
    super();
    this.step = 0;
  }

  override render() {
    const { settings, draft, build, step } = this;
    // Where nothing can be lost, changes wait only for layers that do not fit yet, and the network says so itself.
    if (!settings || !draft || step === 0) return nothing;
    const { label, lost, start, discard } = words().pending;
    // Where no setting differs, the samples do.
    const changes = changesInWords(settings, draft).join('; ') || words().own.others;
    return html`<div class="notice pending" role="group" aria-label=${label} data-testid="pending">
      <p role="status">${lost(changes, count(step))}</p>
      <div class="buttons">
        <button type="button" class="primary" data-testid="start-over" ?disabled=${build?.problem !== undefined} @click=${() => this.emit('toydl-start-over')}>${start}</button>
        <button type="button" data-testid="discard" @click=${() => this.emit('toydl-discard')}>${discard}</button>
      </div>
    </div>`;
  }
}

customElements.define('toydl-pending', ToydlPending);
