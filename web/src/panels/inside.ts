import { html, nothing, type PropertyValues } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import type { LayerView, Watch, Watched } from 'toydl/training/protocol';
import { imageWidth } from '../datasets.js';
import { count, magnitude, percent, short } from '../format.js';
import { outputTiles } from '../heat.js';
import '../heat-picture.js';
import { define, LightElement } from '../light-element.js';
import { probabilityBars } from '../probability-bars.js';
import { decadesAround, normOfNorms, shareOfDecades, summarize } from '../summaries.js';
import { words } from '../words/index.js';
import { layerBody } from './layer-card.js';

/** So many layers are open at first. */
const openAtFirst = 4;
/** More numbers than this are a picture. */
const mostWritten = 16;

/** `<toydl-inside>`: what each layer makes of one sample, and what it learns, while training goes on. */
export class ToydlInside extends LightElement {
  static override properties = {
    watched: { attribute: false }, asked: { attribute: false }, classNames: { attribute: false }, samples: { attribute: false }, toggled: { state: true },
  };
  declare watched?: Watched;
  /** The sample that is to be watched; what is known may still be of another one. */
  declare asked?: Watch['sample'];
  declare classNames: readonly string[];
  /** How many test samples are here. */
  declare samples: number;
  /** The layers that somebody opened, or closed of those open at first. */
  declare toggled: ReadonlySet<number>;
  /** The test sample that was asked for last. */
  #index = 0;

  constructor() {
    super();
    this.classNames = [];
    this.samples = 0;
    this.toggled = new Set();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('asked') && this.asked?.kind === 'test') this.#index = this.asked.index;
  }

  override render() {
    const said = words().inside;
    const { watched } = this;
    return html`<section class="card inside" part="card inside" aria-labelledby="inside-title">
        <header><h2 id="inside-title">${said.title}</h2>${this.#choice()}</header>
        ${watched ? this.#sample(watched) : html`<p class="hint">${said.empty}</p>`}
      </section>
      ${watched?.layers ? this.#layers(watched.layers, watched.values.length) : nothing}`;
  }

  #choice() {
    const said = words().inside;
    const last = Math.max(0, this.samples - 1);
    const button = (name: 'previous' | 'next' | 'random', index: () => number) => html`<button type="button" class="small" data-testid=${name}
      ?disabled=${this.samples === 0} @click=${() => this.#watch(index())}>${said[name]}</button>`;
    return html`<fieldset class="choice">
      <legend class="visually-hidden">${said.choose}</legend>
      <label>${said.index} <input type="text" inputmode="numeric" autocomplete="off" data-testid="index" .value=${live(String(this.#index))} @change=${this.#onIndex} />
        <span class="hint">${said.indices(count(last))}</span></label>
      ${button('previous', () => (this.#index > 0 ? this.#index - 1 : last))}
      ${button('next', () => (this.#index < last ? this.#index + 1 : 0))}
      ${button('random', () => Math.floor(Math.random() * this.samples))}
    </fieldset>`;
  }

  #onIndex(event: Event): void {
    const index = Number.parseInt((event.target as HTMLInputElement).value.replace(/[^\d]/g, ''), 10);
    if (Number.isNaN(index) || this.samples === 0) this.requestUpdate();
    else this.#watch(Math.min(index, this.samples - 1));
  }

  #watch(index: number): void {
    this.#index = index;
    this.emit('toydl-watch', { kind: 'test', index });
    this.requestUpdate();
  }

  #sample({ watch, values, label, probabilities }: Watched) {
    const said = words().inside;
    const name = (index: number) => this.classNames[index] ?? String(index);
    const top = summarize(probabilities).top;
    const share = percent(probabilities[top]!);
    const answer = label === undefined ? said.says(name(top), share)
      : top === label ? said.right(name(top), share) : said.wrong(name(top), share, name(label));
    return html`<div class="sample">
      <div>${sampleNumbers(values)}
        <p class="hint" data-testid="sample-class">${watch.sample.kind === 'values' ? said.drawing : nothing} ${label === undefined ? nothing : said.isClass(name(label))}</p>
      </div>
      <div><p data-testid="answer">${answer}</p>${probabilityBars(probabilities, this.classNames, label)}</div>
    </div>`;
  }

  #layers(layers: readonly LayerView[], inputs: number) {
    const { layerByLayer, colours } = words().inside;
    return html`${this.#learning(layers)}
      <section class="layers" aria-labelledby="layers-title">
        <header><h2 id="layers-title">${layerByLayer}</h2><p class="hint">${colours}</p></header>
        ${layers.map((layer, i) => this.#layer(layer, i, inputs))}
      </section>`;
  }

  /** The gradients of all layers beside one another. */
  #learning(layers: readonly LayerView[]) {
    const said = words().inside.learning;
    const learning = layers.map((layer, i) => ({ ...layer, place: i + 1 })).filter(({ parameters }) => parameters.length > 0)
      .map(({ layer, place, parameters }) => ({ layer, place, norm: normOfNorms(parameters.map(({ gradNorm }) => gradNorm)) }));
    if (learning.length === 0) return nothing;
    const decades = decadesAround(learning.map(({ norm }) => norm));
    const [low, high] = decades;
    return html`<section class="card learning" part="card inside" aria-labelledby="learning-title" style="--decades: ${high - low}">
      <h2 id="learning-title">${said.title}</h2>
      <ol data-testid="learning">
        ${learning.map(({ layer, place, norm }) => html`<li>
          <span class="gradient-name">${place}. ${layer}</span>
          <span class="bar" style="--share: ${shareOfDecades(norm, decades)}"></span>
          <span class="share" data-testid="layer-gradient">${magnitude(norm)}</span>
        </li>`)}
        <li class="scale" aria-hidden="true"><span></span><span><span>10<sup>${count(low)}</sup></span><span>10<sup>${count(high)}</sup></span></span><span></span></li>
      </ol>
      <p class="hint" data-testid="learning-hint">${learning.every(({ norm }) => norm === 0) ? said.untrained : said.hint}</p>
    </section>`;
  }

  #layer(layer: LayerView, index: number, inputs: number) {
    const isOpen = index < openAtFirst !== this.toggled.has(index);
    const toggle = (event: Event) => {
      if ((event.target as HTMLDetailsElement).open === isOpen) return;
      const toggled = new Set(this.toggled);
      if (!toggled.delete(index)) toggled.add(index);
      this.toggled = toggled;
    };
    return html`<details class="card layer" part="card inside" data-testid="layer" ?open=${isOpen} @toggle=${toggle}>
      <summary><h3>${index + 1}. ${layer.layer} <span class="hint">→ [${layer.shape.join(', ')}]</span></h3></summary>
      ${isOpen ? guard([layer, inputs], () => layerBody(layer, inputs)) : nothing}
    </details>`;
  }
}

/** The sample as an image, or else its numbers. */
function sampleNumbers(values: Float32Array) {
  const said = words().inside;
  const width = imageWidth({ inputs: values.length, classes: 0 });
  if (width) {
    return html`<toydl-heat class="sample-image" data-testid="sample" .ink=${true} .tiles=${outputTiles([width, width], values)} .label=${said.picture(width, width)}></toydl-heat>`;
  }
  if (values.length <= mostWritten) {
    return html`<ul class="sample-numbers" data-testid="sample">${Array.from(values, (value, i) => html`<li>x<sub>${i + 1}</sub> = ${short(value)}</li>`)}</ul>`;
  }
  return html`<toydl-heat data-testid="sample" .tiles=${outputTiles([values.length], values)} .label=${said.numbers(count(values.length))}></toydl-heat>`;
}

define('toydl-inside', ToydlInside);
