import { html, nothing, type PropertyValues } from 'lit';
import { define, LightElement } from '../light-element.js';

/**
 * `<toydl-text-field>`: a label and an input for one value. Enter, or leaving it, commits the value; Escape brings the value back
 * that holds. Text that means no value stays, is named, and is not committed.
 */
export class ToydlTextField extends LightElement {
  static override properties = {
    name: { attribute: false },
    label: { attribute: false },
    hint: { attribute: false },
    mode: { attribute: false },
    value: { attribute: false },
    problem: { state: true },
  };
  /** The input's id, name and test id. */
  declare name: string;
  declare label: string;
  declare hint: string;
  /** The keyboard that a phone shows. */
  declare mode: string;
  declare value: unknown;
  /** What is wrong with the text of the input; `''` if nothing is. */
  declare problem: string;
  /** @throws {Error} that says what the value must be */
  declare parse: (text: string) => unknown;
  declare format: (value: unknown) => string;
  /** Called with each other valid value. */
  declare commit: (value: unknown) => void;

  constructor() {
    super();
    this.hint = '';
    this.mode = 'text';
    this.problem = '';
  }

  /** A value that changed by another way (slider, address) replaces what stood in the input. */
  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('value') && this.hasUpdated && this.format(changes.get('value')) !== this.format(this.value)) this.problem = '';
  }

  override render() {
    const { name, problem } = this;
    return html`<div class="field" part=${name}>
      <label for=${name}>${this.label}</label>
      <input id=${name} name=${name} data-testid=${name} type="text" inputmode=${this.mode} spellcheck="false" autocomplete="off" enterkeyhint="done"
        .value=${this.format(this.value)} aria-invalid=${problem !== ''} aria-describedby="${name}-note"
        @change=${this.#commit} @input=${this.#recheck} @keydown=${this.#onKey} />
      <p id="${name}-note" class=${problem ? 'error' : 'hint'} data-testid=${problem ? `${name}-error` : nothing} aria-live="polite">${problem || this.hint}</p>
    </div>`;
  }

  get #input(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  #commit(): void {
    const { value, problem } = this.#read();
    this.problem = problem;
    if (problem) return;
    const text = this.format(value);
    this.#input.value = text;
    if (text !== this.format(this.value)) this.commit(value);
  }

  /** While a bad value is being mended, the message goes as soon as it is good. */
  #recheck(): void {
    if (this.problem && !this.#read().problem) this.problem = '';
  }

  #read(): { value?: unknown; problem: string } {
    try {
      return { value: this.parse(this.#input.value), problem: '' };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#commit();
    if (event.key === 'Escape') {
      this.#input.value = this.format(this.value);
      this.problem = '';
    }
  }
}

define('toydl-text-field', ToydlTextField);
