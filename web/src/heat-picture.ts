import { html } from 'lit';
import { coloursOf } from './colours.js';
import { layOut, paint, Palette, type Tiles } from './heat.js';
import { define, LightElement } from './light-element.js';
import { summarize } from './summaries.js';
import { Redrawing } from './redrawing.js';
import { Resizes } from './resizes.js';

/** `<toydl-heat>`: numbers as a picture, which says in words what it shows. It draws only while it has a place on the page. */
export class ToydlHeat extends LightElement {
  static override properties = {
    tiles: { attribute: false }, label: { attribute: false }, marked: { attribute: false }, ink: { attribute: false },
  };
  declare tiles?: Tiles;
  declare label: string;
  /** The tile with a frame that is seen. */
  declare marked?: number;
  /** In the colour of text, as a drawing, and not in that of numbers. */
  declare ink: boolean;
  #room = 0;
  readonly #resizes = new Resizes(({ contentRect }) => {
    this.#room = contentRect.width;
    this.#draw();
  });

  constructor() {
    super();
    this.label = '';
    this.ink = false;
    new Redrawing(this, () => this.#draw());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override updated(): void {
    this.#draw();
  }

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  readonly #draw = (): void => {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.tiles || this.#room === 0) return;
    const style = getComputedStyle(this);
    const layout = layOut(this.tiles, Math.floor(this.#room), Number.parseFloat(style.fontSize));
    // Assigning a canvas' size is slow, so only when it differs.
    if (canvas.width !== layout.width || canvas.height !== layout.height) {
      canvas.width = layout.width;
      canvas.height = layout.height;
    }
    const [negative, positive, line, mark] = coloursOf(style, ['--error', this.ink ? '--ink' : '--accent', '--line', '--ink']);
    const palette = new Palette({ negative: negative!, positive: positive!, line: line!, mark: mark! });
    const { reach } = summarize(this.tiles.values);
    const pixels = paint(this.tiles, layout, palette, { reach, ...(this.marked !== undefined && { marked: this.marked }) });
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), layout.width, layout.height);
    canvas.getContext('2d', { willReadFrequently: true })!.putImageData(image, 0, 0);
  };
}

define('toydl-heat', ToydlHeat);
