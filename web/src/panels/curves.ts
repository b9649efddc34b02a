import { html } from 'lit';
import uPlot from 'uplot';
import { Chart } from '../chart.js';
import type { Curves } from '../history.js';
import { epoch, loss, percent } from '../format.js';
import { LightElement } from '../light-element.js';
import { words } from '../words/index.js';

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
  declare curves?: Curves;
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
      xLabel: words().curves.epoch,
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
    const said = words().curves;
    return html`<section class="card curves" aria-label=${said.label}>
      <figure>
        <figcaption><h2>${said.loss}</h2><span class="key key-loss">${said.training}</span></figcaption>
        <div class="chart loss-chart" role="img" aria-label=${this.#lossInWords()}></div>
      </figure>
      <figure>
        <figcaption><h2>${said.accuracy}</h2><span class="key key-test">${said.test}</span><span class="key key-train">${said.training}</span></figcaption>
        <div class="chart accuracy-chart" role="img" aria-label=${this.#accuracyInWords()}></div>
      </figure>
    </section>`;
  }

  #lossInWords(): string {
    const { emptyLoss, lossInWords } = words().curves;
    const { xs = [], ys = [] } = this.curves?.loss ?? {};
    if (ys.length === 0) return emptyLoss;
    return lossInWords(loss(ys[0]!), loss(ys.at(-1)!), epoch(xs.at(-1)!), loss(Math.min(...ys)));
  }

  #accuracyInWords(): string {
    const { emptyAccuracy, accuracyInWords } = words().curves;
    const { xs = [], ys = [] } = this.curves?.testAccuracy ?? {};
    if (ys.length === 0) return emptyAccuracy;
    return accuracyInWords(percent(ys[0]!), percent(ys.at(-1)!), epoch(xs.at(-1)!), percent(Math.max(...ys)));
  }
}

customElements.define('toydl-curves', ToydlCurves);
