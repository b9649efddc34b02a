import { html } from 'lit';
import type { Digits } from 'toydl/training/protocol';
import { drawDigits, verdict } from '../digit-sheet.js';
import { define, LightElement } from '../light-element.js';
import { Redrawing } from '../redrawing.js';
import { words } from '../words/index.js';

/** Fewer than three changes a second: so that eyes can follow, and nobody is hurt by flashes. */
const calmInterval = 400;
/** Where the visitor asked for less motion. */
const stillInterval = 3000;
const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)');

/** `<toydl-digits>`: digits of the batch just trained on, each with what the model made of it. */
export class ToydlDigits extends LightElement {
  static override properties = { digits: { attribute: false }, classNames: { attribute: false }, playing: { attribute: false } };
  declare digits?: Digits;
  declare classNames: readonly string[];
  /** Digits change calmly while this holds, and at once when it does not. */
  declare playing: boolean;
  #drawn?: Digits;
  #drawnAt = -Infinity;
  #later = 0;

  constructor() {
    super();
    new Redrawing(this, () => this.#draw(), '.sheet');
    this.classNames = [];
    this.playing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
  }

  protected override updated(): void {
    if (this.digits === this.#drawn) return;
    clearTimeout(this.#later);
    if (!this.digits) return this.#clear();
    const wait = this.playing ? this.#drawnAt + (wantsStillness.matches ? stillInterval : calmInterval) - performance.now() : 0;
    if (wait > 0) this.#later = window.setTimeout(this.#draw, wait);
    else this.#draw();
  }

  override render() {
    const { title, right, wrong, empty } = words().digits;
    const [one, other] = [this.classNames[4] ?? '4', this.classNames[9] ?? '9'];
    return html`<section class="card digits" part="card samples" aria-labelledby="digits-title">
      <header>
        <h2 id="digits-title">${title}</h2>
        <p class="hint">✓ ${right} <span class="wrong-key">4→9</span> ${wrong(one, other)}</p>
      </header>
      <div class="sheet"><canvas data-testid="digits" role="img" aria-label=${empty}></canvas></div>
    </section>`;
  }

  /** Those of other data are gone. */
  #clear(): void {
    const canvas = this.querySelector('canvas')!;
    canvas.width = 0;
    canvas.setAttribute('aria-label', words().digits.empty);
    this.#drawn = undefined;
  }

  readonly #draw = (): void => {
    const sheet = this.querySelector<HTMLElement>('.sheet');
    if (!this.digits || !sheet || sheet.clientWidth === 0) return;
    const canvas = sheet.querySelector('canvas')!;
    const style = getComputedStyle(this);
    const colour = (property: string) => style.getPropertyValue(property).trim();
    drawDigits(canvas, this.digits, sheet.clientWidth, {
      ink: colour('--ink'),
      muted: colour('--muted'),
      wrong: colour('--error'),
      wrongBackground: colour('--error-soft'),
      fontFamily: style.fontFamily,
      fontSize: Number.parseFloat(style.fontSize),
    });
    canvas.setAttribute('aria-label', inWords(this.digits));
    this.#drawn = this.digits;
    this.#drawnAt = performance.now();
  };
}

function inWords(digits: Digits): string {
  const { unseen, seen, mistakes } = words().digits;
  const count = digits.labels.length;
  if (!digits.predictions) return unseen(count);
  const wrong = Array.from({ length: count }, (_, i) => verdict(digits, i)).filter(({ right }) => !right);
  const list = wrong.length > 0 ? mistakes(wrong.map(({ text }) => text).join(', ')) : '';
  return seen(count, count - wrong.length) + list;
}

define('toydl-digits', ToydlDigits);
