import { html, type PropertyValues } from 'lit';
import type { Boundary, Questions } from 'toydl/training/protocol';
import { coloursOf } from '../colours.js';
import { count, percent } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { countPoints, sharesOf, type Points } from '../plane-numbers.js';
import { drawPlane, marks } from '../plane-sheet.js';
import { Redrawing } from '../redrawing.js';
import { words } from '../words/index.js';

type AskSamples = (question: 'samples', ask: Questions['samples']['ask']) => Promise<Questions['samples']['answer']>;

/** Milliseconds between two pictures. */
const calmInterval = 250;
const mostPoints = 500;
const classColours = marks.map((_, i) => `--class-${i + 1}`);

/** `<toydl-plane>`: which class the model gives to each point of the plane, and the points that it learns from. */
export class ToydlPlane extends LightElement {
  static override properties = {
    boundary: { attribute: false }, classNames: { attribute: false }, name: { attribute: false },
  };
  declare boundary?: Boundary;
  declare classNames: readonly string[];
  /** Asks the training worker. */
  declare ask?: AskSamples;
  /** The data set. */
  declare name: string;
  #points?: Points;
  #asked?: Promise<Points>;
  #drawnAt = -Infinity;
  #later = 0;

  constructor() {
    super();
    new Redrawing(this, () => this.#draw(), '.square');
    this.classNames = [];
    this.name = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // No boundary any more: other points are on their way, maybe of the same name.
    if (changed.has('name') || !this.boundary) this.#points = this.#asked = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.boundary && !this.#points && !this.#asked) void this.#askForPoints();
    if (!changed.has('boundary') && !changed.has('classNames')) return;
    clearTimeout(this.#later);
    this.#later = window.setTimeout(this.#draw, Math.max(0, this.#drawnAt + calmInterval - performance.now()));
  }

  override render() {
    const { title, hint, empty } = words().plane;
    return html`<section class="card plane" part="card samples" aria-labelledby="plane-title">
      <header>
        <h2 id="plane-title">${title}</h2>
        <ul class="plane-key">${this.classNames.map((name, i) => html`<li><svg class="icon" viewBox="-1.25 -1.25 2.5 2.5" aria-hidden="true"
          style="fill: var(${classColours[i % marks.length]})"><path d=${marks[i % marks.length]!} /></svg> ${name}</li>`)}</ul>
      </header>
      <div class="square"><canvas data-testid="plane" role="img" aria-label=${empty}></canvas></div>
      <p class="hint">${hint}</p>
    </section>`;
  }

  /** While no model is there the answer is an error: then the next boundary asks again. */
  async #askForPoints(): Promise<void> {
    const asked = (this.#asked = this.ask?.('samples', { from: 'train', count: mostPoints }));
    try {
      const points = await asked;
      if (asked !== this.#asked) return;
      this.#points = points;
      this.#draw();
    } catch {
      if (asked === this.#asked) this.#asked = undefined;
    }
  }

  readonly #draw = (): void => {
    const square = this.querySelector<HTMLElement>('.square');
    if (!this.boundary || !square || square.clientWidth === 0) return;
    const canvas = square.querySelector('canvas')!;
    const style = getComputedStyle(this);
    const ratio = devicePixelRatio;
    drawPlane(canvas, this.boundary, this.classNames.length, this.#points, Math.floor(square.clientWidth * ratio), {
      classes: coloursOf(style, classColours),
      surface: style.getPropertyValue('--surface'),
      line: style.getPropertyValue('--line'),
      muted: style.getPropertyValue('--muted'),
      fontFamily: style.fontFamily,
      fontSize: Number.parseFloat(style.fontSize) * ratio,
      ratio,
    });
    canvas.setAttribute('aria-label', inWords(this.boundary, this.classNames, this.#points));
    this.#drawnAt = performance.now();
  };
}

function inWords(boundary: Boundary, classNames: readonly string[], points?: Points): string {
  const said = words().plane;
  const parts = sharesOf(boundary, classNames.length).map((share, i) => said.part(percent(share), classNames[i]!));
  const division = said.inWords(parts.join(', '));
  if (!points) return division;
  const { inside, right } = countPoints(boundary, points);
  const outside = points.labels.length - inside;
  return division + said.points(percent(inside > 0 ? right / inside : 0), count(inside)) + (outside > 0 ? said.outside(count(outside)) : '');
}

define('toydl-plane', ToydlPlane);
