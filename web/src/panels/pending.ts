import { html, nothing } from 'lit';
import type { Build } from '../build.js';
import { count } from '../format.js';
import { define, LightElement } from '../light-element.js';
import type { Settings } from '../settings.js';
import { changesInWords } from '../settings-in-words.js';
import { words } from '../words/index.js';

/** `<toydl-pending>`: what changes wait because they would throw training away, and the two ways out. */
export class ToydlPending extends LightElement {
  static override properties = { settings: { attribute: false }, draft: { attribute: false }, build: { attribute: false }, step: { attribute: false }, otherSamples: { attribute: false } };
  declare settings?: Settings;
  declare draft?: Settings;
  declare build?: Build;
  declare step: number;
  /** Other samples of the user's own wait, of which no setting tells. */
  declare otherSamples: boolean;

  constructor() {
    super();
    this.step = 0;
    this.otherSamples = false;
  }

  override render() {
    const { settings, draft, build, step } = this;
    if (!settings || !draft) return nothing;
    // Where nothing can be lost, changes wait only for layers that do not fit yet, and the network says so itself.
    if (step === 0 && draft.dataset === settings.dataset) return nothing;
    const { label, lost, waits, start, discard } = words().pending;
    const changes = [...changesInWords(settings, draft), ...(this.otherSamples ? [words().own.others] : [])].join('; ');
    return html`<div class="notice pending" role="group" aria-label=${label} data-testid="pending">
      <p role="status">${step > 0 ? lost(changes, count(step)) : waits(changes)}</p>
      <div class="buttons">
        <button type="button" class="primary" data-testid="start-over" ?disabled=${build?.problem !== undefined} @click=${() => this.emit('toydl-start-over')}>${start}</button>
        <button type="button" data-testid="discard" @click=${() => this.emit('toydl-discard')}>${discard}</button>
      </div>
    </div>`;
  }
}

define('toydl-pending', ToydlPending);
