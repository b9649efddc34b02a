import { html } from 'lit';
import { LightElement } from '../light-element.js';

/** `<toydl-fingerprint>`: the hash of the weights, and the command that reaches the same one in a terminal. */
export class ToydlFingerprint extends LightElement {
  static override properties = {
    hash: { attribute: false },
    command: { attribute: false },
    offRecord: { attribute: false },
    copied: { state: true },
  };
  declare hash?: string;
  declare command: string;
  /** The learning rate was changed in the middle of the run. */
  declare offRecord: boolean;
  declare copied: boolean;

  constructor() {
    super();
    this.command = '';
    this.offRecord = false;
    this.copied = false;
  }

  override render() {
    return html`<section class="card fingerprint" aria-labelledby="fingerprint-title">
      <div>
        <h2 id="fingerprint-title">Hash of the weights</h2>
        <code class="hash" data-testid="hash">${this.hash ?? '–'}</code>
      </div>
      <div class="explain">
        <p>${this.#explanation()}</p>
        <div class="command">
          <code data-testid="command">${this.#commandInWords()}</code>
          <button type="button" class="small" data-testid="copy" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button>
        </div>
      </div>
    </section>`;
  }

  /** Lines break before an option, never inside one. */
  #commandInWords() {
    return this.command.split(/ (?=--)/).map((part, i) => html`${i > 0 ? ' ' : ''}<span>${part}</span>`);
  }

  #explanation(): string {
    return this.offRecord
      ? 'The learning rate was changed during this run, so this hash is its own; after a reset it can be compared with this command’s again.'
      : 'Same settings and seed, same hash after the same step: in every browser, and natively with this command.';
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.command);
      this.copied = true;
      setTimeout(() => (this.copied = false), 2000);
    } catch {
      // No clipboard here (an insecure address, a frame without permission): select it, the keyboard does the rest.
      getSelection()?.selectAllChildren(this.querySelector('[data-testid="command"]')!);
    }
  }
}

customElements.define('toydl-fingerprint', ToydlFingerprint);
