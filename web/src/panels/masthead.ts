import { html } from 'lit';
import { define, LightElement } from '../light-element.js';
import { language, languages, words, type Language } from '../words/index.js';

/** `<toydl-masthead>`: the name, what it is, and the choice of language. */
export class ToydlMasthead extends LightElement {
  override render() {
    const { claim, claimWide, language: label } = words().app;
    const choose = (event: Event) => this.emit('toydl-language', (event.target as HTMLSelectElement).value as Language);
    return html`<header class="masthead">
      <h1>ToyDL</h1>
      <p>${claim}<span class="wide">${claimWide}</span>.</p>
      <select class="language" aria-label=${label} data-testid="language" @change=${choose}>
        ${Object.entries(languages).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`)}
      </select>
    </header>`;
  }
}

define('toydl-masthead', ToydlMasthead);
