import { html, nothing } from 'lit';
import type { DataProgress, Problem } from 'toydl/training/protocol';
import { count, megabytes } from '../format.js';
import { LightElement } from '../light-element.js';

/** `<toydl-data-bar>`: how much of MNIST is here; quiet when all of it is; offers another try when a download failed. */
export class ToydlDataBar extends LightElement {
  static override properties = { progress: { attribute: false }, problem: { attribute: false } };
  declare progress?: DataProgress;
  declare problem?: Problem;

  protected override willUpdate(): void {
    this.classList.toggle('has-problem', this.problem !== undefined);
  }

  override render() {
    if (this.problem) {
      return html`<div class="data-problem" role="alert" data-testid="problem" data-code=${this.problem.code}>
        <p><strong>Download failed.</strong> ${this.problem.message}
          ${this.progress ? html`<span class="muted">${this.#images()} are here.</span>` : nothing}</p>
        <button type="button" data-testid="retry" @click=${() => this.emit('toydl-retry')}>Try again</button>
      </div>`;
    }
    if (!this.progress) return html`<p class="data-line" data-testid="data">Fetching the first digits of MNIST…</p>`;
    const { loadedBytes, totalBytes, trainSamples, trainTotal, testSamples, testTotal } = this.progress;
    if (loadedBytes >= totalBytes) return html`<p class="data-line" data-testid="data">MNIST: ${this.#images()}</p>`;
    const images = `${count(trainSamples + testSamples)} of ${count(trainTotal + testTotal)} images`;
    return html`<div class="data-line" data-testid="data">
      <label for="data-progress">MNIST: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB, ${images}</label>
      <progress id="data-progress" max=${totalBytes} .value=${loadedBytes}></progress>
    </div>`;
  }

  #images(): string {
    const { trainSamples, testSamples } = this.progress!;
    return `${count(trainSamples)} training and ${count(testSamples)} test images`;
  }
}

customElements.define('toydl-data-bar', ToydlDataBar);
