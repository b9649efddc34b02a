import { html } from 'lit';
import { define, LightElement } from '../light-element.js';
import { Redrawing } from '../redrawing.js';
import { words } from '../words/index.js';
import type { ByteImage } from './preprocess.js';
import { rasterise, segments, type Point } from './stroke.js';

/** The drawing in the detail of `pad-change`: whatever the screen, 140 × 140 pixels of ink 0 to 255. */
export type Drawing = ByteImage;

const drawingSize = 140;
/** In sides of the pad. MNIST's strokes are about 2.3 pixels where the digit is 20 high; and people draw about 0.6 of the pad high. */
const penWidth = 0.07;
/** A hand trembles, and a mouse reports a thousand times a second: points nearer to the last one say nothing. */
const leastDistance = 0.01;
/** How far an arrow key moves the pen. */
const keyDistance = 1 / 28;

const directions: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

let pads = 0;

/**
 * `<toydl-pad>`: a square to draw a digit on, with mouse, pen, finger or keyboard. Tells its drawing with `pad-change`: at the end
 * of each stroke, after undo and clear, and while drawing at most once in an animation frame.
 */
export class ToydlPad extends LightElement {
  static override properties = { empty: { state: true }, announcement: { state: true } };
  declare empty: boolean;
  /** What the keyboard did last, for those who listen. */
  declare announcement: string;
  readonly #strokes: Point[][] = [];
  /** The pointer that draws, if one does. */
  #pointer?: number;
  /** The pen of the keyboard. */
  readonly #pen = { x: 0.5, y: 0.25, isDown: false, isShown: false };
  readonly #heldArrows = new Set<string>();
  #frame = 0;
  readonly #helpId = `pad-help-${++pads}`;

  constructor() {
    super();
    this.empty = true;
    this.announcement = '';
    new Redrawing(this, () => this.#draw(), 'canvas');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#pointer = undefined;
    this.#pen.isDown = false;
  }

  override render() {
    const said = words().draw;
    return html`
      <div class="pad-paper">
        <canvas tabindex="0" role="application" aria-label=${said.pad} aria-describedby=${this.#helpId} data-testid="pad"
          @pointerdown=${this.#onPointerDown} @pointermove=${this.#onPointerMove} @pointerup=${this.#onPointerUp} @pointercancel=${this.#onPointerUp}
          @keydown=${this.#onKeyDown} @keyup=${this.#onKeyUp} @focus=${this.#onFocus} @blur=${this.#onBlur}></canvas>
        <p class="pad-invitation" aria-hidden="true" ?hidden=${!this.empty}>${said.invitation}</p>
      </div>
      <div class="pad-tools">
        <button type="button" class="small" data-testid="pad-undo" @click=${this.undo}>${said.undo}</button>
        <button type="button" class="small" data-testid="pad-clear" @click=${this.clear}>${said.clear}</button>
      </div>
      <p class="pad-help hint" id=${this.#helpId}>
        ${said.keys}
      </p>
      <p class="visually-hidden" role="status">${this.announcement}</p>
    `;
  }

  /** Takes back the last stroke. */
  undo(): void {
    this.#keep(this.#strokes.length - 1, words().draw.undone);
  }

  /** Takes all strokes away. */
  clear(): void {
    this.#keep(0, words().draw.cleared);
  }

  /** Keeps only the first strokes. */
  #keep(count: number, announcement: string): void {
    if (this.#strokes.length === 0) return;
    this.#strokes.splice(count);
    this.#pointer = undefined;
    this.#pen.isDown = false;
    this.announcement = announcement;
    this.#tell();
  }

  get #canvas(): HTMLCanvasElement {
    return this.querySelector('canvas')!;
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#pointer !== undefined) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    this.#pen.isDown = this.#pen.isShown = false;
    this.#strokes.push([this.#pointOf(event)]);
    this.#tellSoon();
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointer) return;
    // What the pointer did since the last frame, where the browser tells.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) this.#extend(this.#pointOf(each));
    this.#tellSoon();
  };

  readonly #onPointerUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = undefined;
    this.#tell();
  };

  #pointOf({ clientX, clientY, pointerType, pressure }: PointerEvent): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    const force = pointerType === 'pen' ? 0.85 + 0.3 * pressure : 1;
    return { x: (clientX - left) / width, y: (clientY - top) / height, width: penWidth * force };
  }

  /** Goes on with the last stroke. */
  #extend(point: Point): void {
    const stroke = this.#strokes.at(-1)!;
    const last = stroke.at(-1)!;
    if (Math.hypot(point.x - last.x, point.y - last.y) >= leastDistance) stroke.push(point);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (key === 'Tab' || key === 'Escape' || (hasModifier && key !== 'z')) return;
    // The page has keys of its own; here they draw, or do nothing.
    event.stopPropagation();
    if (directions[key]) this.#movePen(key);
    else if (key === ' ' || key === 'Enter') this.#onPenKey(event.repeat);
    else if (key === 'z' || key === 'Backspace') this.undo();
    else if (key === 'c' || key === 'Delete') this.clear();
    else return;
    event.preventDefault();
  };

  readonly #onKeyUp = ({ key }: KeyboardEvent): void => void this.#heldArrows.delete(key);

  /** Two arrows at once go askew. */
  #movePen(arrow: string): void {
    const pen = this.#pen;
    this.#heldArrows.add(arrow);
    const moved = (from: number, axis: 'x' | 'y') =>
      [...this.#heldArrows].reduce((at, key) => Math.min(Math.max(at + keyDistance * directions[key]![axis], 0), 1), from);
    [pen.x, pen.y] = [moved(pen.x, 'x'), moved(pen.y, 'y')];
    pen.isShown = true;
    if (pen.isDown) {
      this.#extend({ x: pen.x, y: pen.y, width: penWidth });
      this.#tellSoon();
    } else {
      this.#draw();
    }
  }

  #onPenKey(isRepeated: boolean): void {
    if (isRepeated || this.#pointer !== undefined) return;
    this.#pen.isShown = true;
    if (this.#pen.isDown) this.#liftPen();
    else this.#putPenDown();
  }

  #putPenDown(): void {
    const { x, y } = this.#pen;
    this.#pen.isDown = true;
    this.#strokes.push([{ x, y, width: penWidth }]);
    this.announcement = words().draw.penDown;
    this.#tellSoon();
  }

  #liftPen(): void {
    this.#pen.isDown = false;
    this.announcement = words().draw.penUp;
    this.#tell();
  }

  readonly #onFocus = (): void => {
    this.#pen.isShown = this.#canvas.matches(':focus-visible');
    this.#draw();
  };

  readonly #onBlur = (): void => {
    this.#heldArrows.clear();
    this.#pen.isShown = false;
    if (this.#pen.isDown) this.#liftPen();
    else this.#draw();
  };

  #tellSoon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#tell());
  }

  #tell(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.empty = this.#strokes.length === 0;
    this.#draw();
    this.dispatchEvent(new CustomEvent<Drawing>('pad-change', { detail: rasterise(this.#strokes, drawingSize), bubbles: true }));
  }

  readonly #draw = (): void => {
    const canvas = this.querySelector('canvas');
    const size = Math.round((canvas?.clientWidth ?? 0) * devicePixelRatio);
    if (!canvas || size === 0) return;
    if (canvas.width !== size) canvas.width = canvas.height = size;
    const context = canvas.getContext('2d')!;
    const style = getComputedStyle(this);
    context.clearRect(0, 0, size, size);
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = style.getPropertyValue('--ink').trim();
    for (const stroke of this.#strokes) this.#drawStroke(context, stroke, size);
    if (this.#pen.isShown) this.#drawPen(context, size, style.getPropertyValue('--accent').trim());
  };

  #drawStroke(context: CanvasRenderingContext2D, stroke: Point[], size: number): void {
    context.beginPath();
    let lineWidth = 0;
    for (const { from, to, width } of segments(stroke)) {
      // One path as long as the width is the same.
      if (width !== lineWidth) {
        context.stroke();
        context.beginPath();
        context.moveTo(from.x * size, from.y * size);
        context.lineWidth = width * size;
        lineWidth = width;
      }
      // A canvas leaves out lines without length, and a dot is one.
      context.lineTo(to.x * size + 0.01, to.y * size);
    }
    context.stroke();
  }

  /** A ring where the keyboard's pen is, full while it is down. */
  #drawPen(context: CanvasRenderingContext2D, size: number, colour: string): void {
    const { x, y, isDown } = this.#pen;
    context.beginPath();
    context.arc(x * size, y * size, (penWidth * size) / 2, 0, 2 * Math.PI);
    context.lineWidth = 2 * devicePixelRatio;
    context.strokeStyle = context.fillStyle = colour;
    if (isDown) context.fill();
    context.stroke();
  }
}

define('toydl-pad', ToydlPad);
