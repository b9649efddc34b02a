import { html } from 'lit';
import type { Digits } from 'toydl/training/protocol';
import { drawDigits, verdict } from '../digit-sheet.js';
import { LightElement } from '../light-element.js';

/** Fewer than three changes a second: so that eyes can follow, and nobody is hurt by flashes. */
const calmInterval = 400;

/** `<toydl-digits>`: digits of the batch just trained on, each with what the model made of it. */
export class ToydlDigits extends LightElement {
  static override properties = { digits: { attribute: false }, playing: { attribute: false } };
  declare digits?: Digits;
  /** Digits change calmly while this holds, and at once when it does not. */
  declare playing: boolean;
  #drawn?: Digits;
  #drawnAt = -Infinity;
  #later = 0;
  readonly #resizes = new ResizeObserver(() => this.#draw());
  readonly #theme = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    super();
    this.playing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#theme.addEventListener('change', this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#theme.removeEventListener('change', this.#draw);
    this.#resizes.disconnect();
    clearTimeout(this.#later);
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.querySelector('.sheet')!);
  }

  protected override updated(): void {
    if (this.digits === this.#drawn) return;
    clearTimeout(this.#later);
    const wait = this.playing ? this.#drawnAt + calmInterval - performance.now() : 0;
    if (wait > 0) this.#later = window.setTimeout(this.#draw, wait);
    else this.#draw();
  }

  override render() {
    return html`<section class="card digits" aria-labelledby="digits-title">
      <header>
        <h2 id="digits-title">Learning from these</h2>
        <p class="hint">✓ read correctly <span class="wrong-key">4→9</span> took a 9 for a 4</p>
      </header>
      <div class="sheet"><canvas data-testid="digits" role="img" aria-label="Handwritten digits, still on their way."></canvas></div>
    </section>`;
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
  const count = digits.labels.length;
  if (!digits.predictions) return `${count} handwritten digits, which the model has not seen yet.`;
  const wrong = Array.from({ length: count }, (_, i) => verdict(digits, i)).filter(({ right }) => !right);
  const mistakes = wrong.length > 0 ? ` Mistakes, said → true: ${wrong.map(({ text }) => text).join(', ')}.` : '';
  return `${count} handwritten digits; the model read ${count - wrong.length} of them correctly.${mistakes}`;
}

customElements.define('toydl-digits', ToydlDigits);
