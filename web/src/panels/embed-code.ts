import { html, nothing } from 'lit';
import { Copying } from '../copying.js';
import type { EmbedCode } from '../embed/embed-code.js';
import { define, LightElement } from '../light-element.js';
import type { Settings } from '../settings.js';
import { words } from '../words/index.js';

const kinds = ['tag', 'frame', 'npm'] as const satisfies (keyof EmbedCode)[];

/** `<toydl-embed-code>`: what to paste into a page of one's own to have there what is on screen here. */
export class ToydlEmbedCode extends LightElement {
  static override properties = { settings: { attribute: false }, embedCode: { state: true } };
  declare settings?: Settings;
  /** What makes the code, fetched when somebody wants to see it. */
  declare embedCode?: typeof import('../embed/embed-code.js').embedCode;
  readonly #copying = new Copying(this);

  override render() {
    const said = words().embedCode;
    return html`<details class="embed-code" @toggle=${this.#fetch}>
      <summary data-testid="embed">${said.title}</summary>
      ${this.settings ? this.#code(this.settings) : nothing}
    </details>`;
  }

  async #fetch(): Promise<void> {
    this.embedCode ??= (await import('../embed/embed-code.js')).embedCode;
  }

  #code(settings: Settings) {
    const said = words().embedCode;
    if (settings.dataset === 'own') return html`<p class="hint">${said.notOwn}</p>`;
    const code = this.embedCode?.(settings, document.baseURI, said.fallback);
    if (!code) return nothing;
    return kinds.map((kind) => html`<div class="keep-row">
        <p class="hint"><b>${said.kinds[kind].name}</b> ${said.kinds[kind].hint}</p>
        <button type="button" class="small" data-testid="copy-${kind}" aria-label=${said.copy(said.kinds[kind].name)}
          @click=${() => this.#copying.copy(kind, code[kind])}>${this.#copying.copied === kind ? words().keep.copied : words().keep.copy}</button>
      </div>
      <pre tabindex="0"><code data-testid="code-${kind}" data-copy=${kind}>${code[kind]}</code></pre>`);
  }
}

define('toydl-embed-code', ToydlEmbedCode);
