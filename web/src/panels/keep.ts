import { html, nothing } from 'lit';
import { Copying } from '../copying.js';
import { hashFromSettings, type Settings } from '../settings.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';
import './embed-code.js';

/** `<toydl-keep>`: the run's fingerprint, a link to it, and its model as a file. */
export class ToydlKeep extends LightElement {
  static override properties = {
    settings: { attribute: false },
    hash: { attribute: false },
    command: { attribute: false },
    offRecord: { attribute: false },
  };
  declare settings?: Settings;
  declare hash?: string;
  /** The same run for a terminal, if it can be run there. */
  declare command?: string;
  /** The learning rate was changed in the middle of the run. */
  declare offRecord: boolean;
  readonly #copying = new Copying(this);

  constructor() {
    super();
    this.offRecord = false;
  }

  override render() {
    const said = words().keep;
    return html`<section class="card keep" part="card keep" aria-labelledby="keep-title">
      <h2 id="keep-title">${said.title}</h2>
      <div class="keep-row" part="share">
        <p class="hint">${said.shareHint}</p>
        <button type="button" data-testid="share" @click=${() => this.#copying.copy('link', this.#link)}>${this.#copying.copied === 'link' ? said.copied : said.share}</button>
      </div>
      <p class="link" ?hidden=${this.#copying.copied !== 'link'}><code data-copy="link">${this.#link}</code></p>
      <toydl-embed-code part="embed" .settings=${this.settings}></toydl-embed-code>
      <div class="keep-row">
        <p class="hint">${said.fileHint}</p>
        <span class="buttons">
          <button type="button" part="save-model" data-testid="save-model" @click=${() => this.emit('toydl-save-model')}>${said.download}</button>
          <label class="button" part="open-model">${said.open}<input type="file" class="visually-hidden" accept=".safetensors" data-testid="open-model" @change=${this.#open} /></label>
        </span>
      </div>
      <div class="fingerprint" part="hash">
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
    return html`<div class="command" part="command">
      <code data-testid="command" data-copy="command">${command.split(/ (?=--)/).map((part, i) => html`${i > 0 ? ' ' : ''}<span>${part}</span>`)}</code>
      <button type="button" class="small" data-testid="copy" @click=${() => this.#copying.copy('command', command)}>${this.#copying.copied === 'command' ? copied : copy}</button>
    </div>`;
  }

  #open(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) this.emit('toydl-open-model', file);
  }
}

define('toydl-keep', ToydlKeep);
