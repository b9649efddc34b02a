import { html, nothing } from 'lit';
import type { Config } from 'toydl/training/protocol';
import { parametersOf, type Build } from '../build.js';
import { isSame } from '../configs.js';
import type { Data } from '../datasets.js';
import { count } from '../format.js';
import '../form/inner-layers.js';
import '../form/layer-list.js';
import type { Surroundings } from '../form/options.js';
import { define, LightElement } from '../light-element.js';
import { presetFor, presetNames } from '../presets.js';
import type { Session } from '../session.js';
import { sameValue } from '../settings.js';
import { words } from '../words/index.js';

/** Softmax, and the layer that gives a number to each class. */
const head = 2;

/** `<toydl-network>`: the layers that are wanted, what they make of a sample, and what is wrong with them. */
export class ToydlNetwork extends LightElement {
  static override properties = {
    layers: { attribute: false },
    build: { attribute: false },
    data: { attribute: false, hasChanged: (a: unknown, b: unknown) => !isSame(a, b) },
  };
  declare layers: readonly Config[];
  declare build?: Build;
  declare data: Data;
  declare ask: Session['ask'];

  constructor() {
    super();
    this.layers = [];
    this.data = { inputs: 0, classes: 0 };
  }

  override render() {
    const said = words().network;
    const { layers, build, data } = this;
    const surroundings: Surroundings = { inputShape: [data.inputs], askOutline: (ask) => this.ask('outline', ask), depth: 0 };
    const complete = build?.layers.length === layers.length;
    return html`<section class="card network" part="card network" aria-labelledby="network-title">
      <h2 id="network-title">${said.title}</h2>
      ${this.#presets()}
      <p class="network-end" data-testid="network-inputs">${said.inputs(count(data.inputs))}</p>
      <toydl-layer-list part="layers" .layers=${layers} .outline=${build} .surroundings=${surroundings} .tail=${head}
        .change=${(changed: Config[]) => this.emit('toydl-settings', { layers: changed })}></toydl-layer-list>
      ${complete && build.problem ? html`<p class="error" role="status" data-testid="network-problem">${said.problem(build.problem.message)}</p>` : nothing}
      ${complete ? html`<p class="network-end" data-testid="network-parameters">${said.total(count(parametersOf(build)))}</p>` : nothing}
    </section>`;
  }

  #presets() {
    const { presets, presetNames: names } = words().network;
    const offered = presetNames.map((name) => ({ name, preset: presetFor(name, this.data) })).filter(({ preset }) => preset !== undefined);
    return html`<div class="segments" part="presets" role="group" aria-label=${presets}>
      ${offered.map(({ name, preset }) => html`<button type="button" class="small" data-testid="preset-${name}" aria-pressed=${sameValue('layers', preset!.layers, this.layers)}
        @click=${() => this.emit('toydl-preset', name)}>${names[name]}</button>`)}
    </div>`;
  }
}

define('toydl-network', ToydlNetwork);
