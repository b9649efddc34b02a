import { html, nothing } from 'lit';
import { hashFromSettings, type Settings } from '../settings.js';
import { LightElement } from '../light-element.js';
import { words } from '../words/index.js';

type Copyable = 'link' | 'command';

/** `<toydl-keep>`: the run's fingerprint, a link to it, and its model as a file. */
export class ToydlKeep extends LightElement {
  static override properties = {
    settings: { attribute: false },
    hash: { attribute: false },
    command: { attribute: false },
    offRecord: { attribute: false },
    copied: { state: true },
  };
  declare settings?: Settings;
  declare hash?: string;
  /** The same run for a terminal, if it can be run there. */
  declare command?: string;
  /** The learning rate was changed in the middle of the run. */
  declare offRecord: boolean;
  declare copied?: Copyable;

  constructor() {
    super();
    this.offRecord = false;
  }

  override render() {
    const said = words().keep;
    return html`<section class="card keep" aria-labelledby="keep-title">
      <h2 id="keep-title">${said.title}</h2>
      <div class="keep-row">
        <p class="hint">${said.shareHint}</p>
        <button type="button" data-testid="share" @click=${() => this.#copy('link', this.#link)}>${this.copied === 'link' ? said.copied : said.share}</button>
      </div>
      <p class="link" ?hidden=${this.copied !== 'link'}><code data-copy="link">${this.#link}</code></p>
      <div class="keep-row">
        <p class="hint">${said.fileHint}</p>
        <span class="buttons">
          <button type="button" data-testid="save-model" @click=${() => this.emit('toydl-save-model')}>${said.download}</button>
          <label class="button">${said.open}<input type="file" class="visually-hidden" accept=".safetensors" data-testid="open-model" @change=${this.#open} /></label>
        </span>
      </div>
      <div class="fingerprint">
        <div>
          <h3 id="fingerprint-title">${said.hash}</h3>
          <code class="hash" data-testid="hash">${this.hash ?? '–'}</code>
        </div>
        <div class="explain">
          <p>${this.offRecord ? said.offRecord : this.command ? said.sameHash : said.sameHashOnly}</p>
          ${this.command && !this.offRecord ? this.#commandLine(this.command) : nothing}
        </div>
      </div>
    </section>`;
  }

  get #link(): string {
    return this.settings ? new URL(hashFromSettings(this.settings), location.href).href : location.href;
  }

  /** Lines break before an option, never inside one. */
  #commandLine(command: string) {
    const { copy, copied } = words().keep;
    return html`<div class="command">
      <code data-testid="command" data-copy="command">${command.split(/ (?=--)/).map((part, i) => html`${i > 0 ? ' ' : ''}<span>${part}</span>`)}</code>
      <button type="button" class="small" data-testid="copy" @click=${() => this.#copy('command', command)}>${this.copied === 'command' ? copied : copy}</button>
    </div>`;
  }

  #open(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) this.emit('toydl-open-model', file);
  }

  async #copy(what: Copyable, text: string): Promise<void> {
    this.copied = what;
    try {
      await navigator.clipboard.writeText(text);
      setTimeout(() => (this.copied = undefined), 2000);
    } catch {
      // No clipboard here (an insecure address, a frame without permission): select it, the keyboard does the rest.
      await this.updateComplete;
      getSelection()?.selectAllChildren(this.querySelector(`[data-copy="${what}"]`)!);
    }
  }
}

customElements.define('toydl-keep', ToydlKeep);
