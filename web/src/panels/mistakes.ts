import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Questions, Samples, TestReport } from 'toydl/training/protocol';
import { Confusion, isSameCell, type Cell, type Step } from '../confusion.js';
import { count, percentNumber, short } from '../format.js';
import { drawInk } from '../ink.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

/** So many samples of a cell are shown. */
const most = 40;
/** So many numbers of a sample that is no image. */
const mostNumbers = 8;
/** While training goes on, the samples of the chosen cell change no faster than eyes can follow. */
const calmInterval = 2000;

const steps: Partial<Record<string, Step>> = {
  ArrowUp: { actual: -1, predicted: 0 },
  ArrowDown: { actual: 1, predicted: 0 },
  ArrowLeft: { actual: 0, predicted: -1 },
  ArrowRight: { actual: 0, predicted: 1 },
};

/** The cell that was chosen last for a data set, which its list of class names stands for: it is still there for whoever comes back from another view. */
const chosenCells = new WeakMap<readonly string[], Cell>();

/** `<toydl-mistakes>`: which classes are taken for which, and the samples of one such mistake. */
export class ToydlMistakes extends LightElement {
  static override properties = {
    test: { attribute: false },
    classNames: { attribute: false },
    imageWidth: { attribute: false },
    samples: { state: true },
    current: { state: true },
  };
  declare test?: TestReport;
  declare classNames: readonly string[];
  /** Of the samples as images; undefined if they are none. */
  declare imageWidth?: number;
  /** Asks the worker. */
  declare ask?: (question: 'samples', ask: Questions['samples']['ask']) => Promise<Samples>;
  /** Those of the chosen cell. */
  declare samples?: Samples;
  /** Where the keyboard is: the one cell that Tab leads to. */
  declare current?: Cell;
  #confusion?: Confusion;
  #askedAt = -Infinity;
  #later = 0;

  constructor() {
    super();
    this.classNames = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('test')) return;
    this.#confusion = this.test && new Confusion(this.test.confusion);
    if (!this.test) this.samples = this.current = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('test')) this.#refreshSoon();
    const { samples, imageWidth } = this;
    if (!changed.has('samples') || !samples || !imageWidth) return;
    const size = samples.values.length / samples.indices.length;
    const pixels = Uint8ClampedArray.from(samples.values, (value) => 255 * value);
    this.querySelectorAll('canvas').forEach((canvas, i) => drawInk(canvas, pixels.subarray(i * size, (i + 1) * size), imageWidth));
  }

  override render() {
    const { title, empty, hint } = words().mistakes;
    const confusion = this.#confusion;
    return html`<section class="card mistakes" part="card mistakes" aria-labelledby="mistakes-title">
      <header>
        <h2 id="mistakes-title">${title}</h2>
        <p data-testid="mistakes-summary">${confusion ? this.#summary(confusion) : empty}</p>
      </header>
      ${confusion ? html`<div class="matrix" style="--classes: ${confusion.classes}">${this.#table(confusion)}<p class="hint">${hint}</p></div>${this.#opened(confusion)}` : nothing}
    </section>`;
  }

  get #chosen(): Cell | undefined {
    return chosenCells.get(this.classNames);
  }

  #summary(confusion: Confusion): string {
    const { allRight, summary } = words().mistakes;
    const { right, total, worst } = confusion;
    if (!worst) return allRight(count(total));
    return summary(count(right), count(total), this.#name(worst.actual), this.#name(worst.predicted), count(confusion.at(worst)));
  }

  #table(confusion: Confusion) {
    const { caption, recall, precision } = words().mistakes;
    const classes = Array.from({ length: confusion.classes }, (_, i) => i);
    const hasWords = classes.some((i) => this.#name(i).length > 2);
    const current = this.#currentIn(confusion);
    return html`<table class=${hasWords ? 'with-words' : ''} data-testid="confusion" @keydown=${this.#onKey}>
      <caption>${caption}</caption>
      <thead>
        <tr>
          <td></td>
          ${classes.map((i) => html`<th scope="col" title=${this.#name(i)}><span>${this.#name(i)}</span></th>`)}
          <th scope="col" class="margin"><span>${recall}</span></th>
        </tr>
      </thead>
      <tbody>
        ${classes.map((actual) => html`<tr>
          <th scope="row" title=${this.#name(actual)}><span>${this.#name(actual)}</span></th>
          ${classes.map((predicted) => this.#cell(confusion, { actual, predicted }, current))}
          <td class="margin">${percentNumber(confusion.recall(actual))}</td>
        </tr>`)}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" class="margin"><span>${precision}</span></th>
          ${classes.map((predicted) => html`<td class="margin">${percentNumber(confusion.precision(predicted))}</td>`)}
          <td></td>
        </tr>
      </tfoot>
    </table>`;
  }

  #cell(confusion: Confusion, cell: Cell, current: Cell) {
    const number = confusion.at(cell);
    const isChosen = isSameCell(cell, this.#chosen);
    const isCurrent = isSameCell(cell, current);
    // A button that somebody is on stays one, should it come to nothing.
    if (number === 0 && !isChosen && !isCurrent) return html`<td class="none"><span class="visually-hidden">0</span></td>`;
    // The root shows small shares too: mistakes are no more, once a network has learned something.
    const shade = 100 * Math.sqrt(confusion.share(cell));
    return html`<td class=${cell.actual === cell.predicted ? 'right' : 'wrong'}>
      <button type="button" style="--shade: ${shade.toFixed(1)}" data-testid="cell-${cell.actual}-${cell.predicted}"
        aria-label=${words().mistakes.cell(this.#inWords(cell), String(number))} aria-expanded=${isChosen} tabindex=${isCurrent ? 0 : -1}
        @focus=${() => (this.current = cell)} @click=${() => this.#choose(cell)}>${number}</button>
    </td>`;
  }

  #opened(confusion: Confusion) {
    const { choose, cell, none, first, open } = words().mistakes;
    const chosen = this.#chosen;
    if (!chosen) return html`<p class="opened hint">${choose}</p>`;
    const { samples } = this;
    const [number, shown] = [confusion.at(chosen), samples?.indices.length ?? 0];
    return html`<section class="opened" aria-labelledby="opened-title" data-testid="opened">
      <h3 id="opened-title">${cell(this.#inWords(chosen), count(number))}</h3>
      <p class="hint" role="status">${!samples ? nothing : shown === 0 ? none : `${number > shown ? `${first(count(shown))} ` : ''}${open}`}</p>
      <ul class="samples ${this.imageWidth ? 'as-pictures' : 'as-numbers'}">
        ${samples ? repeat(samples.indices, (index) => index, (index, i) => this.#sample(samples, index, i)) : nothing}
      </ul>
    </section>`;
  }

  #sample({ labels, predictions, values, indices }: Samples, index: number, i: number) {
    const what = words().mistakes.sample(count(index), this.#inWords({ actual: labels[i]!, predicted: predictions?.[i] ?? labels[i]! }));
    const size = values.length / indices.length;
    const numbers = [...values.subarray(i * size, i * size + Math.min(size, mostNumbers))].map(short).join('; ') + (size > mostNumbers ? '…' : '');
    return html`<li>
      <button type="button" class="sample" data-testid="sample" data-index=${index} title=${what} aria-label=${this.imageWidth ? what : `${what}. ${numbers}`}
        @click=${() => this.#lookInside(index)}>${this.imageWidth ? html`<canvas class="ink"></canvas>` : numbers}</button>
    </li>`;
  }

  #inWords({ actual, predicted }: Cell): string {
    const { right, wrong } = words().mistakes;
    return actual === predicted ? right(this.#name(actual)) : wrong(this.#name(actual), this.#name(predicted));
  }

  #name(index: number): string {
    return this.classNames[index] ?? String(index);
  }

  #currentIn(confusion: Confusion): Cell {
    return this.current ?? this.#chosen ?? confusion.worst ?? { actual: 0, predicted: 0 };
  }

  /** Opens a cell, or closes it. */
  #choose(cell: Cell): void {
    const isOpen = isSameCell(cell, this.#chosen);
    if (isOpen) chosenCells.delete(this.classNames);
    else chosenCells.set(this.classNames, cell);
    this.current = cell;
    this.samples = undefined;
    this.requestUpdate();
    if (!isOpen) void this.#askSamples().then(() => this.querySelector('.samples li')?.scrollIntoView({ block: 'nearest' }));
  }

  #refreshSoon(): void {
    clearTimeout(this.#later);
    if (!this.test || !this.#chosen) return;
    this.#later = window.setTimeout(() => this.#refresh(), this.#askedAt + calmInterval - performance.now());
  }

  /** Nothing changes under a pointer, or under the keyboard's focus. */
  #refresh(): void {
    if (this.querySelector('.samples:is(:hover, :focus-within)')) this.#later = window.setTimeout(() => this.#refresh(), calmInterval);
    else void this.#askSamples();
  }

  async #askSamples(): Promise<void> {
    const cell = this.#chosen;
    if (!cell) return;
    this.#askedAt = performance.now();
    // A worker that ends leaves its questions without an answer; the next test report asks again.
    const samples = await this.ask?.('samples', { from: 'test', count: most, ...cell }).catch(() => undefined);
    if (!samples || !this.test || !isSameCell(cell, this.#chosen)) return;
    this.samples = samples;
    await this.updateComplete;
  }

  #lookInside(index: number): void {
    this.emit('toydl-watch', { kind: 'test', index });
    this.emit('toydl-view', 'inside');
  }

  /** As in any grid. The arrows are the page's keys too, but not here. */
  async #onKey(event: KeyboardEvent): Promise<void> {
    const step = steps[event.key];
    const confusion = this.#confusion;
    if (!step || !confusion || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = confusion.next(this.#currentIn(confusion), step);
    if (!next) return;
    this.current = next;
    await this.updateComplete;
    this.querySelector<HTMLElement>('td button[tabindex="0"]')?.focus();
  }
}

define('toydl-mistakes', ToydlMistakes);
