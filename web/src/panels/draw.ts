import { html, nothing, type PropertyValues } from 'lit';
import type { Watched } from 'toydl/training/protocol';
import '../draw/pad.js';
import type { Drawing } from '../draw/pad.js';
import { fieldSize, preprocess, type Preprocessed } from '../draw/preprocess.js';
import { drawSteps } from '../draw/steps.js';
import { percent } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { probabilityBars } from '../probability-bars.js';
import { Redrawing } from '../redrawing.js';
import { words } from '../words/index.js';

/** `<toydl-draw>`: a pad to draw on, the way from the drawing to the network's pixels, and what the network makes of them. */
export class ToydlDraw extends LightElement {
  static override properties = {
    watched: { attribute: false },
    classNames: { attribute: false },
    imageWidth: { attribute: false },
    drawing: { state: true },
  };
  declare watched?: Watched;
  declare classNames: readonly string[];
  /** Of the network's samples; undefined if they are no images. */
  declare imageWidth?: number;
  declare drawing?: Drawing;
  #steps?: Preprocessed;

  constructor() {
    super();
    this.classNames = [];
    new Redrawing(this, () => this.#showSteps());
    this.addEventListener('pad-change', (event) => this.#onDrawing((event as CustomEvent<Drawing>).detail));
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('drawing') || changes.has('imageWidth')) this.#showSteps();
  }

  override render() {
    const said = words().draw;
    if (this.imageWidth !== fieldSize) return html`<section class="card" part="card draw"><p class="hint">${said.noImages}</p></section>`;
    return html`<section class="card draw" part="card draw" aria-labelledby="draw-title">
      <h2 id="draw-title">${said.title}</h2>
      <toydl-pad></toydl-pad>
      <div class="reading">
        <p class="answer" role="status" data-testid="reading">${this.#answer()}</p>
        ${probabilityBars(this.#probabilities, this.classNames)}
      </div>
      <div class="steps-card">
        <h3>${said.stepsTitle}</h3>
        <p class="hint">${said.stepsHint}</p>
        <div class="steps" role="img" aria-label=${this.#stepsInWords()}></div>
        ${this.#steps
          ? html`<button type="button" class="small" part="see-inside" data-testid="see-inside" @click=${() => this.emit('toydl-view', 'inside')}>${said.seeInside}</button>`
          : nothing}
      </div>
    </section>`;
  }

  /** Those of the drawing, and not of a sample that was followed before. */
  get #probabilities(): Float32Array | undefined {
    return this.#steps && this.watched?.watch.sample.kind === 'values' ? this.watched.probabilities : undefined;
  }

  #answer(): string {
    const { nothingYet, looksLike } = words().draw;
    const probabilities = this.#probabilities;
    if (!probabilities) return nothingYet;
    const best = probabilities.indexOf(Math.max(...probabilities));
    return looksLike(this.classNames[best] ?? String(best), percent(probabilities[best]!));
  }

  #stepsInWords(): string {
    const { stepsEmpty, stepsInWords } = words().draw;
    if (!this.#steps) return stepsEmpty;
    const { crop, scaled, placed } = this.#steps;
    return stepsInWords(crop.width, crop.height, scaled.width, scaled.height, placed.shift.x, placed.shift.y);
  }

  #onDrawing(drawing: Drawing): void {
    this.drawing = drawing;
    this.#steps = preprocess(drawing);
    const { placed } = this.#steps ?? {};
    if (placed) this.emit('toydl-watch', { kind: 'values', values: Float32Array.from(placed.pixels, (ink) => ink / 255) });
  }

  #showSteps(): void {
    const host = this.querySelector<HTMLElement>('.steps');
    if (!host) return;
    const { cropped, scaled, placed } = words().draw;
    drawSteps(host, this.drawing ?? { pixels: new Uint8Array(1), width: 1, height: 1 }, this.#steps, [cropped, scaled, placed]);
  }
}

define('toydl-draw', ToydlDraw);
