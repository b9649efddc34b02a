import { html, nothing } from 'lit';
import type { DataProgress, Problem } from 'toydl/training/protocol';
import type { DatasetName } from '../datasets.js';
import { count, megabytes } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

/** `<toydl-data-bar>`: how much of the data set is here; quiet when all of it is; offers another try when a download failed. */
export class ToydlDataBar extends LightElement {
  static override properties = { progress: { attribute: false }, problem: { attribute: false }, name: { attribute: false } };
  declare progress?: DataProgress;
  declare problem?: Problem;
  declare name: DatasetName;

  constructor() {
    super();
    this.name = 'mnist';
  }

  protected override willUpdate(): void {
    this.classList.toggle('has-problem', this.problem !== undefined);
  }

  override render() {
    const said = words().dataBar;
    const name = words().data.names[this.name];
    if (this.problem) {
      return html`<div class="data-problem" role="alert" data-testid="problem" data-code=${this.problem.code}>
        <p><strong>${said.failed}</strong> ${this.problem.message}
          ${this.progress ? html`<span class="muted">${said.here(this.#samples())}</span>` : nothing}</p>
        <button type="button" data-testid="retry" @click=${() => this.emit('toydl-retry')}>${said.retry}</button>
      </div>`;
    }
    if (!this.progress) return html`<p class="data-line" data-testid="data">${said.fetching}</p>`;
    const { loadedBytes, totalBytes, trainSamples, trainTotal, testSamples, testTotal } = this.progress;
    if (loadedBytes >= totalBytes) return html`<p class="data-line" data-testid="data">${name}: ${this.#samples()}</p>`;
    return html`<div class="data-line" data-testid="data">
      <label for="data-progress">${name}: ${said.progress(megabytes(loadedBytes), megabytes(totalBytes), count(trainSamples + testSamples), count(trainTotal + testTotal))}</label>
      <progress id="data-progress" max=${totalBytes} .value=${loadedBytes}></progress>
    </div>`;
  }

  #samples(): string {
    const { trainSamples, testSamples } = this.progress!;
    return words().dataBar.images(count(trainSamples), count(testSamples));
  }
}

define('toydl-data-bar', ToydlDataBar);
