import { html, type PropertyValues } from 'lit';
import type { Config, Outline } from 'toydl/training/protocol';
import { define, LightElement } from '../light-element.js';
import type { Surroundings } from './options.js';
import './layer-list.js';

/** `<toydl-inner-layers>`: the layers that a layer holds. It asks itself what becomes of them. */
export class ToydlInnerLayers extends LightElement {
  static override properties = { name: { attribute: false }, layers: { attribute: false }, surroundings: { attribute: false }, outline: { state: true } };
  declare name: string;
  declare layers: readonly Config[];
  declare surroundings: Surroundings;
  declare change: (layers: Config[]) => void;
  declare outline?: Outline;
  #asked = '';

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('layers') || changes.has('surroundings')) void this.#ask();
  }

  override render() {
    const { name, layers, outline, surroundings } = this;
    return html`<toydl-layer-list .name=${name} .layers=${layers} .outline=${outline} .surroundings=${{ ...surroundings, depth: surroundings.depth + 1 }}
      .change=${(changed: Config[]) => this.change(changed)}></toydl-layer-list>`;
  }

  async #ask(): Promise<void> {
    const { layers, surroundings: { inputShape, askOutline } } = this;
    const asked = JSON.stringify([layers, inputShape]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const outline = inputShape && (await askOutline({ layers: [...layers], inputShape: [...inputShape] }).catch(() => undefined));
    if (asked === this.#asked) this.outline = outline;
  }
}

define('toydl-inner-layers', ToydlInnerLayers);
