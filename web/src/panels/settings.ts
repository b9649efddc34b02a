import { html, nothing, type PropertyValues } from 'lit';
import { LightElement } from '../light-element.js';
import { sameValue, settingKeys, settingOf, type Setting, type SettingKey, type Settings } from '../settings.js';

const shownKeys = settingKeys.filter((key) => settingOf(key).inputMode);
const liveKeys = shownKeys.filter((key) => !settingOf(key).rebuilds);
const rebuildingKeys = shownKeys.filter((key) => settingOf(key).rebuilds);

/** `<toydl-settings>`: a form made from the table of settings. Only valid values leave it, as `toydl-setting`. */
export class ToydlSettings extends LightElement {
  static override properties = { settings: { attribute: false }, bad: { state: true } };
  declare settings?: Settings;
  /** Settings whose input holds text that is not allowed. */
  declare bad: ReadonlySet<SettingKey>;

  constructor() {
    super();
    this.bad = new Set();
  }

  /** A value that changed by another way (slider, address) replaces what stood in its input. */
  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('settings') as Settings | undefined;
    const { settings } = this;
    if (!before || !settings) return;
    for (const key of this.bad) if (!sameValue(key, before[key], settings[key])) this.#mark(key, false);
  }

  override render() {
    return html`<form class="card settings" aria-label="Settings" autocomplete="off" @submit=${(event: Event) => event.preventDefault()}>
      <h2>Settings</h2>
      ${liveKeys.map((key) => this.#field(key))}
      <fieldset>
        <legend>These start training over</legend>
        ${rebuildingKeys.map((key) => this.#field(key))}
      </fieldset>
    </form>`;
  }

  #field(key: SettingKey) {
    const setting = settingOf(key);
    const { name, label, hint, inputMode, allowed, slider } = setting;
    const bad = this.bad.has(key);
    const value = this.settings ? setting.format(this.settings[key]) : '';
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} name=${name} data-testid=${name} type="text" inputmode=${inputMode!} spellcheck="false" enterkeyhint="done"
        .value=${value} aria-invalid=${bad} aria-describedby="${name}-note"
        @change=${(event: Event) => this.#commit(key, event.target as HTMLInputElement)}
        @input=${(event: Event) => this.#recheck(key, event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(key, event)} />
      ${slider ? this.#slider(key, setting as Setting<number>, slider) : nothing}
      <p id="${name}-note" class=${bad ? 'error' : 'hint'} data-testid=${bad ? `${name}-error` : nothing} aria-live="polite">
        ${bad ? `Must be ${allowed}.` : hint}
      </p>
    </div>`;
  }

  #slider(key: SettingKey, { name, label }: Setting<number>, { min, max }: { min: number; max: number }) {
    const value = Number(this.settings?.[key] ?? min);
    const onInput = (event: Event) => {
      const exponent = (event.target as HTMLInputElement).valueAsNumber;
      this.#change(key, Number((10 ** exponent).toPrecision(2)));
    };
    return html`<input type="range" data-testid="${name}-slider" aria-label="${label}, slider" aria-valuetext=${String(value)}
      min=${Math.log10(min)} max=${Math.log10(max)} step="0.05" .value=${String(Math.log10(value))} @input=${onInput} />`;
  }

  #commit(key: SettingKey, input: HTMLInputElement): void {
    const setting = settingOf(key);
    const value = setting.parse(input.value);
    this.#mark(key, value === undefined);
    if (value === undefined) return;
    input.value = setting.format(value);
    this.#change(key, value);
  }

  /** While a bad value is being mended, the message goes as soon as it is good. */
  #recheck(key: SettingKey, input: HTMLInputElement): void {
    if (this.bad.has(key) && settingOf(key).parse(input.value) !== undefined) this.#mark(key, false);
  }

  #onKey(key: SettingKey, event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    if (event.key === 'Enter') this.#commit(key, input);
    if (event.key === 'Escape' && this.settings) {
      input.value = settingOf(key).format(this.settings[key]);
      this.#mark(key, false);
    }
  }

  #change(key: SettingKey, value: unknown): void {
    if (this.settings && !sameValue(key, value, this.settings[key])) this.emit('toydl-setting', { key, value });
  }

  #mark(key: SettingKey, bad: boolean): void {
    const next = new Set(this.bad);
    if (bad) next.add(key);
    else next.delete(key);
    this.bad = next;
  }
}

customElements.define('toydl-settings', ToydlSettings);
