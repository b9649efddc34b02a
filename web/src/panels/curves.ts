import { html } from 'lit';
import uPlot from 'uplot';
import { Chart } from '../chart.js';
import type { Curve } from '../curve.js';
import { epoch, loss, percent } from '../format.js';
import { LightElement } from '../light-element.js';

/** The loss of a model that knows nothing is ln 10 = 2.3: this is a little more. */
const untrainedLoss = 2.5;

/** Zero to just above the highest loss; but a single spike, when training nearly diverged, may leave the picture. */
function lossRange(_min: number, max: number, losses: readonly number[]): [number, number] {
  const median = [...losses].sort((a, b) => a - b)[losses.length >> 1] ?? 0;
  const top = Math.min(max, Math.max(untrainedLoss, 3 * median));
  return [0, top > 0 ? 1.05 * top : 1];
}

/** 100 % at the top, and the round tenth below the lowest accuracy at the bottom. */
const accuracyRange = (min: number): [number, number] => [Math.min(0.9, Math.floor(min * 10) / 10), 1];

/** `<toydl-curves>`: loss and accuracy over the epochs. */
export class ToydlCurves extends LightElement {
  static override properties = { curves: { attribute: false }, revision: { attribute: false }, epochs: { attribute: false } };
  declare curves?: { loss: Curve; trainAccuracy: Curve; testAccuracy: Curve };
  /** Differs when the curves have changed: they change in place. */
  declare revision?: number;
  declare epochs: number;
  #loss?: Chart;
  #accuracy?: Chart;

  constructor() {
    super();
    this.epochs = 1;
  }

  protected override firstUpdated(): void {
    this.#loss = new Chart(this.querySelector('.loss-chart')!, {
      lines: [{ colour: '--error', width: 2 }],
      yRange: lossRange,
      yText: (value) => (value >= 10000 ? value.toExponential(0) : String(Number(value.toPrecision(3)))),
    });
    this.#accuracy = new Chart(this.querySelector('.accuracy-chart')!, {
      lines: [
        { colour: '--accent-soft', width: 1.5 },
        { colour: '--accent', width: 2.5, points: true },
      ],
      yRange: accuracyRange,
      yText: (value) => `${Math.round(100 * value)}%`,
      xLabel: 'epoch',
    });
  }

  protected override updated(): void {
    if (!this.curves) return;
    const { loss: losses, trainAccuracy, testAccuracy } = this.curves;
    this.#loss?.show([losses.xs, losses.ys], this.epochs);
    this.#accuracy?.show(
      uPlot.join([[trainAccuracy.xs, trainAccuracy.ys], [testAccuracy.xs, testAccuracy.ys]]),
      this.epochs,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loss?.dispose();
    this.#accuracy?.dispose();
  }

  override render() {
    return html`<section class="card curves" aria-label="Curves">
      <figure>
        <figcaption><h2>Loss</h2><span class="key key-loss">training</span></figcaption>
        <div class="chart loss-chart" role="img" aria-label=${this.#lossInWords()}></div>
      </figure>
      <figure>
        <figcaption><h2>Accuracy</h2><span class="key key-test">test</span><span class="key key-train">training</span></figcaption>
        <div class="chart accuracy-chart" role="img" aria-label=${this.#accuracyInWords()}></div>
      </figure>
    </section>`;
  }

  #lossInWords(): string {
    const { xs = [], ys = [] } = this.curves?.loss ?? {};
    if (ys.length === 0) return 'Curve of the training loss, still empty.';
    return `Training loss went from ${loss(ys[0]!)} to ${loss(ys.at(-1)!)} in ${epoch(xs.at(-1)!)} epochs; its lowest was ${loss(Math.min(...ys))}.`;
  }

  #accuracyInWords(): string {
    const { xs = [], ys = [] } = this.curves?.testAccuracy ?? {};
    if (ys.length === 0) return 'Curve of the test accuracy, still empty.';
    return `Test accuracy went from ${percent(ys[0]!)} to ${percent(ys.at(-1)!)} in ${epoch(xs.at(-1)!)} epochs; its highest was ${percent(Math.max(...ys))}.`;
  }
}

customElements.define('toydl-curves', ToydlCurves);
