import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { OptionDescriptor } from 'toydl/descriptor';
import type { Config } from 'toydl/training/protocol';
import type { AskOutline } from '../build.js';
import { descriptorOf, kindsOf, textFromValue, valueFromText, valueOf, type Kind } from '../configs.js';
import { words } from '../words/index.js';
import './text-field.js';

/** Where a form stands that may hold layers. */
export interface Surroundings {
  /** The shape of one sample of what the layer gets; absent where it is not known. */
  inputShape?: readonly number[] | undefined;
  askOutline: AskOutline;
  /** How many lists of layers there are around it. */
  depth: number;
}

interface ConfigForm {
  kind: Kind;
  config: Config;
  /** What the test ids and ids of its fields begin with. */
  name: string;
  change: (config: Config) => void;
  /** Options that are shown elsewhere. */
  omit?: readonly string[];
  surroundings?: Surroundings;
}

/** Fields for the options of a layer, an optimizer, …, made from its descriptor; those first that it must be told. */
export function optionFields({ kind, config, name, change, omit = [], surroundings }: ConfigForm): unknown {
  const fields = optionsToShow(kind, config, omit).map((option) => optionField(option, {
    type: config.type,
    name: `${name}-${option.name}`,
    value: valueOf(config, option),
    change: (value) => change({ ...config, [option.name]: value }),
    surroundings,
  }));
  // Another type has fields of its own, even where they have the same names.
  return keyed(config.type, fields);
}

function optionsToShow(kind: Kind, { type }: Config, omit: readonly string[]): readonly OptionDescriptor[] {
  const options = descriptorOf(kind, type)?.options ?? [];
  return options.filter(({ name }) => !omit.includes(name)).sort((a, b) => Number(b.required) - Number(a.required));
}

interface OptionForm {
  type: string;
  name: string;
  value: unknown;
  change: (value: unknown) => void;
  surroundings: Surroundings | undefined;
}

function optionField(option: OptionDescriptor, { type, name, value, change, surroundings }: OptionForm): TemplateResult {
  const label = labelOf(option.name);
  switch (option.kind) {
    case 'integer':
    case 'number':
    case 'shape':
      return html`<toydl-text-field .name=${name} .label=${label} .hint=${option.doc} .mode=${keyboards[option.kind]} .value=${value}
        .parse=${(text: string) => valueFromText(type, option, text)} .format=${textFromValue} .commit=${change}></toydl-text-field>`;
    case 'boolean':
      return html`<div class="field">
        <label for=${name}>${label}</label>
        <input type="checkbox" id=${name} data-testid=${name} .checked=${value as boolean} aria-describedby="${name}-note"
          @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} />
        <p id="${name}-note" class="hint">${option.doc}</p>
      </div>`;
    case 'choice':
      return selectField({ name, label, hint: option.doc, choices: option.choices!.map((choice) => ({ value: choice, label: choice })), chosen: value as string, change });
    case 'initializer':
      return configField({ kind: 'initializers', config: value as Config, name, label, hint: option.doc, change });
    case 'schedule':
      return configField({ kind: 'schedules', config: value as Config, name, label, hint: option.doc, change });
    case 'layers':
      return html`<fieldset class="inner-layers">
        <legend>${label}</legend>
        <toydl-inner-layers .name=${name} .layers=${value} .surroundings=${surroundings} .change=${change}></toydl-inner-layers>
      </fieldset>`;
  }
}

const keyboards = { integer: 'numeric', number: 'decimal', shape: 'text' };

interface ConfigField extends ConfigForm {
  label: string;
  hint?: string;
  /** Whether its options are hidden until somebody asks for them. */
  folded?: boolean;
}

/** A choice among all of a kind in the registry, with the options of the chosen one. */
export function configField({ label, hint = '', folded = false, ...form }: ConfigField): TemplateResult {
  const { kind, config, name, change, omit = [] } = form;
  const { doc = '' } = descriptorOf(kind, config.type) ?? {};
  const fields = optionFields(form);
  const choices = kindsOf(kind).map(({ name: type }) => ({ value: type, label: type }));
  return html`
    ${selectField({ name, label, hint: `${hint} ${doc}`.trim(), choices, chosen: config.type, change: (type) => change({ type }) })}
    ${optionsToShow(kind, config, omit).length === 0 ? nothing : folded
      ? html`<details class="inner-options" part=${name}><summary data-testid="${name}-options">${words().form.options}</summary><div>${fields}</div></details>`
      : html`<div class="inner-options">${fields}</div>`}`;
}

interface SelectField {
  name: string;
  label: string;
  hint: string;
  choices: readonly { value: string; label: string }[];
  chosen: string;
  change: (value: string) => void;
}

export function selectField({ name, label, hint, choices, chosen, change }: SelectField) {
  return html`<div class="field choice" part=${name}>
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} data-testid=${name} aria-describedby="${name}-note" @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
      ${choices.map((choice) => html`<option value=${choice.value} .selected=${choice.value === chosen}>${choice.label}</option>`)}
    </select>
    <p id="${name}-note" class="hint">${hint}</p>
  </div>`;
}

/** outFeatures → Out features */
function labelOf(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
