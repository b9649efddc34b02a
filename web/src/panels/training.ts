import { html, nothing } from 'lit';
import type { Config } from 'toydl/training/protocol';
import { descriptorOf, kindsOf, usualLearningRate } from '../configs.js';
import { configField, selectField } from '../form/options.js';
import '../form/text-field.js';
import { define, LightElement } from '../light-element.js';
import { settingOf, settingsTable, type SettingKey, type Settings } from '../settings.js';
import { words } from '../words/index.js';

/** The ends of the slider, as powers of ten. */
const slider = { min: -4, max: 1 };

/** `<toydl-training>`: how the network is trained. Only valid values leave it. */
export class ToydlTraining extends LightElement {
  static override properties = { settings: { attribute: false } };
  declare settings?: Settings;

  override render() {
    const { settings } = this;
    if (!settings) return nothing;
    const said = words().training;
    return html`<section class="card training" part="card training" aria-labelledby="training-title">
      <h2 id="training-title">${said.title}</h2>
      ${this.#textField('learningRate', 'decimal', `${words().settings.learningRate.hint} ${this.#usualInWords(settings.optimizer)}`)}
      ${this.#slider(settings.learningRate)}
      <fieldset>
        <legend>${said.startsOver}</legend>
        ${this.#configField('optimizer', 'optimizers', ['learningRate', 'schedule'])}
        ${this.#configField('schedule', 'schedules', [])}
        ${this.#textField('batchSize', 'numeric')}
        ${this.#textField('epochs', 'numeric')}
        ${this.#textField('seed', 'numeric')}
        ${this.#initializer(settings.initializer)}
      </fieldset>
    </section>`;
  }

  #textField(key: SettingKey, mode: string, hint = words().settings[key].hint) {
    const { name, parse, format } = settingOf(key);
    const { label, allowed } = words().settings[key];
    const read = (text: string): unknown => {
      const value = parse(text);
      if (value === undefined) throw new Error(words().training.mustBe(allowed));
      return value;
    };
    return html`<toydl-text-field .name=${name} .label=${label} .hint=${hint} .mode=${mode} .value=${this.settings![key]}
      .parse=${read} .format=${format} .commit=${(value: unknown) => this.#change({ [key]: value })}></toydl-text-field>`;
  }

  #slider(learningRate: number) {
    const onInput = (event: Event) => this.#change({ learningRate: Number((10 ** (event.target as HTMLInputElement).valueAsNumber).toPrecision(2)) });
    return html`<input type="range" part="learning-rate-slider" data-testid="learning-rate-slider" aria-label=${words().training.slider(words().settings.learningRate.label)}
      aria-valuetext=${String(learningRate)} min=${slider.min} max=${slider.max} step="0.05" .value=${String(Math.log10(learningRate))} @input=${onInput} />`;
  }

  #configField(key: 'optimizer' | 'schedule', kind: 'optimizers' | 'schedules', omit: readonly string[]) {
    const { label, hint } = words().settings[key];
    return configField({
      kind, config: this.settings![key], name: settingsTable[key].name, label, hint, omit, folded: true,
      change: (config) => this.#change({ [key]: config }),
    });
  }

  #initializer(chosen: string) {
    const { label, hint, none } = words().settings.initializer;
    const choices = [{ value: '', label: none }, ...kindsOf('initializers').map(({ name }) => ({ value: name, label: name }))];
    const doc = chosen === '' ? '' : descriptorOf('initializers', chosen)!.doc;
    return selectField({
      name: settingsTable.initializer.name, label, hint: `${hint} ${doc}`.trim(), choices, chosen, change: (initializer) => this.#change({ initializer }),
    });
  }

  #usualInWords(optimizer: Config): string {
    const usual = usualLearningRate(optimizer);
    return usual === undefined ? '' : words().training.defaultOf(optimizer.type, String(usual));
  }

  #change(changes: Partial<Settings>): void {
    this.emit('toydl-settings', changes);
  }
}

define('toydl-training', ToydlTraining);
