import { html, nothing, svg, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Config, Outline } from 'toydl/training/protocol';
import { describe, descriptorOf, kindsOf, mostDepth, mostLayers } from '../configs.js';
import { count } from '../format.js';
import { icon } from '../icon.js';
import { define, LightElement } from '../light-element.js';
import { newLayer } from '../new-layer.js';
import { words } from '../words/index.js';
import { drag } from './drag.js';
import { optionFields, type Surroundings } from './options.js';

const icons = {
  grip: svg`<path d="M5 2h2v2H5zM9 2h2v2H9zM5 7h2v2H5zM9 7h2v2H9zM5 12h2v2H5zM9 12h2v2H9z"/>`,
  up: svg`<path d="M8 3l5 5-1.4 1.4L9 6.8V13H7V6.8L4.4 9.4 3 8z"/>`,
  down: svg`<path d="M8 13l5-5-1.4-1.4L9 9.2V3H7v6.2L4.4 6.6 3 8z"/>`,
  remove: svg`<path d="M4.4 3L8 6.6 11.6 3 13 4.4 9.4 8l3.6 3.6-1.4 1.4L8 9.4 4.4 13 3 11.6 6.6 8 3 4.4z"/>`,
};
type Part = 'grip' | 'up' | 'down' | 'toggle';

/** `<toydl-layer-list>`: layers one after the other, to be moved, changed, removed and added. */
export class ToydlLayerList extends LightElement {
  static override properties = {
    name: { attribute: false },
    layers: { attribute: false },
    outline: { attribute: false },
    surroundings: { attribute: false },
    open: { state: true },
    drop: { state: true },
    chosen: { state: true },
    announcement: { state: true },
  };
  /** What the test ids of its rows begin with. */
  declare name: string;
  declare layers: readonly Config[];
  /** What the engine makes of them. */
  declare outline?: Outline;
  /** The shape is what the first layer gets. */
  declare surroundings: Surroundings;
  /** How many layers at the end a new one goes before, if it is not told where to go. */
  declare tail: number;
  declare change: (layers: Config[]) => void;
  /** The layer that shows its options, by its key. */
  declare open?: number;
  /** A layer that is being dragged, and where it would go. */
  declare drop?: { from: number; place: number };
  /** The type to add. */
  declare chosen: string;
  /** For those who listen. */
  declare announcement: string;
  /** One for each layer, which stays with it wherever it goes. */
  #keys: number[] = [];
  #nextKey = 0;
  /** The layers as this list left them. */
  #edited?: readonly Config[];
  #focus?: { key: number; part: Part };

  constructor() {
    super();
    this.name = 'layer';
    this.layers = [];
    this.tail = 0;
    this.chosen = kindsOf('layers')[0]!.name;
    this.announcement = '';
  }

  /** Layers that came another way than by this list: a layer of the same type in the same place is taken for the same one. */
  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('layers') || this.layers === this.#edited) return;
    const before = changes.get('layers') as readonly Config[] | undefined;
    this.#keys = this.layers.map(({ type }, i) => (before?.[i]?.type === type && this.#keys[i]) || ++this.#nextKey);
  }

  protected override updated(): void {
    if (!this.#focus) return;
    const { key, part } = this.#focus;
    const row = this.querySelector(`:scope > ol > [data-key="${key}"]`);
    const wanted = row?.querySelector<HTMLButtonElement>(`.${part}`);
    (wanted?.disabled ? row?.querySelector<HTMLElement>('.grip') : wanted)?.focus();
    this.#focus = undefined;
  }

  override render() {
    const { label } = words().layerList;
    return html`
      <ol class="layers" aria-label=${label}>${repeat(this.layers, (_, i) => this.#keys[i], (layer, i) => this.#row(layer, i))}</ol>
      ${this.#addForm()}
      <p class="visually-hidden" role="status">${this.announcement}</p>`;
  }

  #row(layer: Config, i: number) {
    const said = words().layerList;
    const described = describe(layer);
    const key = this.#keys[i]!;
    const name = `${this.name}-${i}`;
    const isOpen = this.open === key;
    const summary = this.outline?.layers[i];
    const fitting = this.outline?.layers.length ?? this.layers.length;
    const problem = i === fitting ? this.outline?.problem : undefined;
    const classes = ['layer', i > fitting && 'unknown', this.#dropClass(i)].filter(Boolean).join(' ');
    return html`<li class=${classes} data-key=${key} data-testid=${name}>
      <div class="layer-head">
        <button type="button" class="grip" data-testid="${name}-grip" aria-label=${said.grip(described)}
          @pointerdown=${(event: PointerEvent) => this.#drag(event, i)} @keydown=${(event: KeyboardEvent) => this.#onGripKey(event, i)}>${icon(icons.grip)}</button>
        <button type="button" class="toggle" data-testid="${name}-toggle" aria-expanded=${isOpen} aria-controls="${name}-options"
          @click=${() => (this.open = isOpen ? undefined : key)}>
          <span class="layer-name">${breakable(described)}</span>
          ${summary ? html`<span class="layer-size" data-testid="${name}-size">${sizeInWords(summary)}</span>` : nothing}
        </button>
        <button type="button" class="up" data-testid="${name}-up" aria-label=${said.up(described)} ?disabled=${i === 0} @click=${() => this.#move(i, i - 1, 'up')}>${icon(icons.up)}</button>
        <button type="button" class="down" data-testid="${name}-down" aria-label=${said.down(described)} ?disabled=${i === this.layers.length - 1} @click=${() => this.#move(i, i + 1, 'down')}>${icon(icons.down)}</button>
        <button type="button" class="remove" data-testid="${name}-remove" aria-label=${said.remove(described)} @click=${() => this.#remove(i)}>${icon(icons.remove)}</button>
      </div>
      ${problem ? this.#problem(problem, name, i) : nothing}
      <div class="layer-options" id="${name}-options" ?hidden=${!isOpen}>${isOpen ? this.#options(layer, i, name) : nothing}</div>
    </li>`;
  }

  #problem({ message, fix }: NonNullable<Outline['problem']>, name: string, i: number) {
    return html`<div class="layer-problem" role="status">
      <p class="error" data-testid="${name}-problem">${sentence(message)}</p>
      ${fix
        ? html`<button type="button" class="small" data-testid="${name}-fix" @click=${() => this.#mend(i, fix)}>${words().layerList.fix(describe(fix))}</button>`
        : nothing}
    </div>`;
  }

  #options(layer: Config, i: number, name: string) {
    const { doc, options } = descriptorOf('layers', layer.type)!;
    return html`
      <p class="hint">${doc} ${options.length === 0 ? words().layerList.plain : nothing}</p>
      ${optionFields({
        kind: 'layers', config: layer, name, change: (changed) => this.#edit(this.layers.with(i, changed)),
        surroundings: { ...this.surroundings, inputShape: this.#inputShape(i) },
      })}`;
  }

  /** A new layer is chosen by its name and then added, so that arrow keys can look through what there is. */
  #addForm() {
    const said = words().layerList;
    const full = this.layers.length >= mostLayers;
    const offered = kindsOf('layers').filter(({ options }) => this.surroundings.depth < mostDepth || !options.some(({ kind }) => kind === 'layers'));
    const before = this.layers[this.#newPlace() - 1];
    const name = `${this.name}-add`;
    return html`<div class="add-layer">
      <label for=${name}>${said.add}</label>
      <select id=${name} data-testid=${name} aria-describedby="${name}-note" @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
        ${offered.map(({ name: type }) => html`<option value=${type} .selected=${type === this.chosen}>${type}</option>`)}
      </select>
      <button type="button" data-testid="${name}-button" ?disabled=${full} @click=${() => void this.#add()}>${said.addButton}</button>
      <p class="hint" id="${name}-note">${full ? said.full(mostLayers) : `${descriptorOf('layers', this.chosen)!.doc} ${before ? said.goesAfter(describe(before)) : said.goesFirst}`}</p>
    </div>`;
  }

  /** After the layer that is open; else before the last ones, which make of everything the answer. */
  #newPlace(): number {
    const open = this.open === undefined ? -1 : this.#keys.indexOf(this.open);
    return open >= 0 ? open + 1 : Math.max(0, this.layers.length - this.tail);
  }

  /** What a layer in that place gets, as far as it is known. */
  #inputShape(place: number): readonly number[] | undefined {
    return place === 0 ? this.surroundings.inputShape : this.outline?.layers[place - 1]?.output;
  }

  async #add(): Promise<void> {
    const place = this.#newPlace();
    const shape = this.#inputShape(place) ?? this.outline?.layers.at(-1)?.output ?? this.surroundings.inputShape ?? [1];
    const layer = await newLayer(this.chosen, shape, this.surroundings.askOutline);
    const key = ++this.#nextKey;
    this.#edit(this.layers.toSpliced(place, 0, layer), this.#keys.toSpliced(place, 0, key));
    this.open = key;
    this.announcement = words().layerList.placed(describe(layer), place + 1, this.layers.length);
  }

  #remove(i: number): void {
    const said = words().layerList.removed(describe(this.layers[i]!));
    this.#edit(this.layers.toSpliced(i, 1), this.#keys.toSpliced(i, 1));
    const neighbour = this.#keys[Math.min(i, this.#keys.length - 1)];
    if (neighbour !== undefined) this.#focus = { key: neighbour, part: 'toggle' };
    this.announcement = said;
  }

  #mend(i: number, fix: Config): void {
    // Its button will be gone.
    this.#focus = { key: this.#keys[i]!, part: 'toggle' };
    this.#edit(this.layers.with(i, fix));
  }

  #move(from: number, to: number, part: Part): void {
    if (to < 0 || to >= this.layers.length) return;
    const layer = this.layers[from]!;
    this.#focus = { key: this.#keys[from]!, part };
    if (to === from) return;
    this.#edit(moved(this.layers, from, to), moved(this.#keys, from, to));
    this.announcement = words().layerList.placed(describe(layer), to + 1, this.layers.length);
  }

  #edit(layers: Config[], keys = this.#keys): void {
    this.#keys = keys;
    this.#edited = layers;
    this.layers = layers;
    this.change(layers);
  }

  #onGripKey(event: KeyboardEvent, i: number): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#move(i, i + step, 'grip');
  }

  #drag(event: PointerEvent, from: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    drag(event, {
      rows: [...this.querySelectorAll<HTMLElement>(':scope > ol > li')],
      from,
      onPlace: (place) => (this.drop = { from, place }),
      onEnd: (place = from) => {
        this.drop = undefined;
        this.#move(from, place, 'grip');
      },
    });
    this.drop = { from, place: from };
  }

  #dropClass(i: number): string | undefined {
    if (!this.drop) return undefined;
    const { from, place } = this.drop;
    if (i === from) return 'dragged';
    if (place === from) return undefined;
    const above = place < from ? place : place + 1;
    if (i === above) return 'drop-above';
    return above === this.layers.length && i === above - 1 ? 'drop-below' : undefined;
  }
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);
}

/** A long name may be broken before what is in its parentheses. */
const breakable = (name: string) => name.split(/(?=\()/).map((part, i) => html`${i > 0 ? html`<wbr>` : nothing}${part}`);

/** 4 × 24 × 24 · 104 parameters */
function sizeInWords({ output, parameters }: Outline['layers'][number]): string {
  const shape = output.map(count).join(' × ');
  return parameters === 0 ? shape : `${shape} · ${words().layerList.parameters(count(parameters))}`;
}

/** The engine's messages begin with what the layer does, for its name stands before them. */
const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);

define('toydl-layer-list', ToydlLayerList);
