import { html, nothing, svg } from 'lit';
import uPlot from 'uplot';
import { Chart, type Line } from '../chart.js';
import { coarse, type Points } from '../curve.js';
import { download } from '../download.js';
import { epoch, loss, percent, short, wholePercent } from '../format.js';
import type { CurveName, Curves, EarlierRun } from '../history.js';
import { define, LightElement } from '../light-element.js';
import { hashFromSettings, type Settings } from '../settings.js';
import { changesInWords } from '../settings-in-words.js';
import { words } from '../words/index.js';

/** Of the present run: what is tested is strong, training beside it soft. */
const present: Record<CurveName, Line> = {
  loss: { colour: '--error-mild', width: 1.5 },
  testLoss: { colour: '--error', width: 2.5, points: true },
  trainAccuracy: { colour: '--accent-soft', width: 1.5 },
  testAccuracy: { colour: '--accent', width: 2.5, points: true },
};

/** Of the earlier runs, the latest first. They are told apart by their dashes: colours have a meaning already. */
const earlierLines: Line[] = [[6, 2], [2, 1.5], [7, 2, 1.5, 2], [1, 2.5]].map((dash) => ({ colour: '--field', width: 1.5, dash }));

/** Noise of training is for the present run. */
const earlierPoints = 150;

const median = (values: readonly number[]) => Float64Array.from(values).sort()[values.length >> 1] ?? 0;

/** 100 % at the top, and the round tenth below the lowest accuracy at the bottom. */
const accuracyRange = (min: number): [number, number] => [Math.min(0.9, Math.floor(min * 10) / 10), 1];

const joined = (curves: readonly Points[]) => uPlot.join(curves.map(({ xs, ys }) => [xs, ys]));

/** `<toydl-curves>`: loss and accuracy over the epochs, of this run and of those before it. */
export class ToydlCurves extends LightElement {
  static override properties = {
    curves: { attribute: false },
    earlier: { attribute: false },
    settings: { attribute: false },
    classes: { attribute: false },
    revision: { attribute: false },
    epochs: { attribute: false },
  };
  declare curves?: Curves;
  /** The latest first. */
  declare earlier: readonly EarlierRun[];
  /** Those of this run. */
  declare settings?: Settings;
  declare classes: number;
  /** Differs when the curves have changed: they change in place. */
  declare revision?: number;
  declare epochs: number;
  #loss?: Chart;
  #accuracy?: Chart;

  constructor() {
    super();
    this.earlier = [];
    this.classes = 10;
    this.epochs = 1;
  }

  protected override firstUpdated(): void {
    this.#loss = new Chart(this.querySelector('.loss-chart')!, {
      yRange: (_min, max) => this.#lossRange(max),
      yText: (value) => (value >= 10000 ? value.toExponential(0) : short(value)),
    });
    this.#accuracy = new Chart(this.querySelector('.accuracy-chart')!, { yRange: accuracyRange, yText: wholePercent, xLabel: words().curves.epoch });
  }

  protected override updated(): void {
    const { curves, earlier } = this;
    if (!curves) return;
    const lines = earlierLines.slice(0, earlier.length);
    const epochs = Math.max(this.epochs, ...earlier.map((run) => run.curves.epochs));
    this.#loss?.show(
      [...lines, present.loss, present.testLoss],
      joined([...earlier.map((run) => coarse(run.curves.loss, earlierPoints)), curves.loss, curves.testLoss]),
      epochs,
    );
    this.#accuracy?.show(
      [...lines, present.trainAccuracy, present.testAccuracy],
      joined([...earlier.map((run) => run.curves.testAccuracy), curves.trainAccuracy, curves.testAccuracy]),
      epochs,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loss?.dispose();
    this.#accuracy?.dispose();
  }

  override render() {
    const said = words().curves;
    return html`<section class="card curves" part="card curves" aria-label=${said.label}>
      <figure>
        <figcaption><h2>${said.loss}</h2>${this.#key('testLoss', 'loss')}</figcaption>
        <div class="chart loss-chart" role="img" aria-label=${this.#chartInWords(['loss', 'testLoss'], loss)}></div>
      </figure>
      <figure>
        <figcaption><h2>${said.accuracy}</h2>${this.#key('testAccuracy', 'trainAccuracy')}</figcaption>
        <div class="chart accuracy-chart" role="img" aria-label=${this.#chartInWords(['trainAccuracy', 'testAccuracy'], percent)}></div>
      </figure>
      <footer>
        ${this.earlier.length > 0 ? html`<h3 id="earlier-title">${said.earlier}</h3>` : nothing}
        <span class="buttons" part="save-curves">
          <button type="button" class="small" data-testid="curves-csv" aria-label=${said.csvTitle} title=${said.csvTitle} @click=${this.#saveCsv}>CSV</button>
          <button type="button" class="small" data-testid="curves-png" aria-label=${said.pngTitle} title=${said.pngTitle} @click=${this.#savePng}>PNG</button>
        </span>
        ${this.earlier.length > 0 ? this.#earlierKey() : nothing}
      </footer>
    </section>`;
  }

  #key(...names: CurveName[]) {
    return names.map((name) => html`<span class="key">${swatch(present[name])}${this.#kind(name)}</span>`);
  }

  #kind(name: CurveName): string {
    const { test, training } = words().curves;
    return name.startsWith('test') ? test : training;
  }

  #earlierKey() {
    return html`<ul aria-labelledby="earlier-title" data-testid="earlier-runs">
      ${this.earlier.map((run, i) => html`<li class="key">${swatch(earlierLines[i]!)}<span>${this.#earlierInWords(run)}</span></li>`)}
    </ul>`;
  }

  #changes({ settings }: EarlierRun): string {
    const changes = this.settings ? changesInWords(settings, this.settings) : [];
    return changes.length > 0 ? changes.join('; ') : words().curves.sameSettings;
  }

  #earlierInWords(run: EarlierRun): string {
    const accuracy = run.curves.testAccuracy.ys.at(-1);
    return [this.#changes(run), ...(accuracy === undefined ? [] : [words().curves.finalAccuracy(percent(accuracy))])].join(', ');
  }

  /** Zero to just above the highest loss; but a single spike, when training nearly diverged, may leave the picture. */
  #lossRange(max: number): [number, number] {
    const usual = [this.curves, ...this.earlier.map(({ curves }) => curves)].map((curves) => median(curves?.loss.ys ?? []));
    // A model that knows nothing has a loss of ln(classes).
    const top = Math.min(max, Math.max(Math.log(this.classes), 3 * Math.max(...usual)));
    return [0, top > 0 ? 1.1 * top : 1];
  }

  #chartInWords(names: readonly CurveName[], format: (value: number) => string): string {
    const said = words().curves;
    const sentences = names.map((name) => {
      const { xs, ys } = this.curves?.[name] ?? { xs: [], ys: [] };
      if (ys.length === 0) return said.empty(said.names[name]);
      const best = format === loss ? said.lowest(format(Math.min(...ys))) : said.highest(format(Math.max(...ys)));
      return `${said.inWords(said.names[name], format(ys[0]!), format(ys.at(-1)!), epoch(xs.at(-1)!))} ${best}`;
    });
    return [...sentences, ...(this.earlier.length > 0 ? [said.besideEarlier(this.earlier.length)] : [])].join(' ');
  }

  async #saveCsv(): Promise<void> {
    const { curvesCsv } = await import('../curves-csv.js');
    const { names, thisRun, earlierRun } = words().curves;
    const runs = [
      { name: thisRun, curves: this.curves! },
      ...this.earlier.map((run, i) => ({ name: earlierRun(i + 1, this.#changes(run)), curves: run.curves })),
    ];
    download(`${this.#fileName}.csv`, new Blob([curvesCsv(runs, names)], { type: 'text/csv' }));
  }

  async #savePng(): Promise<void> {
    const { curvesPicture } = await import('../curves-picture.js');
    const said = words().curves;
    const key = (names: readonly CurveName[]) => names.map((name) => ({ text: this.#kind(name), line: present[name] }));
    const picture = await curvesPicture(this, {
      charts: [
        { title: said.loss, chart: this.#loss!, key: key(['testLoss', 'loss']) },
        { title: said.accuracy, chart: this.#accuracy!, key: key(['testAccuracy', 'trainAccuracy']) },
      ],
      earlier: { title: said.earlier, key: this.earlier.map((run, i) => ({ text: this.#earlierInWords(run), line: earlierLines[i]! })) },
      footer: `ToyDL ${hashFromSettings(this.settings!)}`,
    });
    download(`${this.#fileName}.png`, picture);
  }

  get #fileName(): string {
    return `toydl-${this.settings!.dataset}-curves`;
  }
}

/** A piece of the line, for a key. */
const swatch = ({ colour, width, dash = [] }: Line) => html`<svg class="swatch" viewBox="0 0 28 8" aria-hidden="true">
  ${svg`<line x1="0" y1="4" x2="28" y2="4" stroke="var(${colour})" stroke-width=${width} stroke-dasharray=${dash.map((length) => length * width).join(' ') || 'none'} />`}
</svg>`;

define('toydl-curves', ToydlCurves);
