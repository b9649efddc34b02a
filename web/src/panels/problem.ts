import { html, nothing } from 'lit';
import type { Problem } from 'toydl/training/protocol';
import { LightElement } from '../light-element.js';

/** `<toydl-problem>`: why the run cannot go on, or leads nowhere, and the way back. */
export class ToydlProblem extends LightElement {
  static override properties = { problem: { attribute: false }, guessing: { attribute: false } };
  declare problem?: Problem;
  /** A learning rate that is too large need not end in NaN: more often, all units die and the model guesses. */
  declare guessing: boolean;

  constructor() {
    super();
    this.guessing = false;
  }

  override render() {
    if (this.problem) return this.#stopped(this.problem);
    return this.guessing ? this.#advice() : nothing;
  }

  #stopped({ code, message }: Problem) {
    const diverged = code === 'diverged';
    return html`<div class="alert" role="alert" data-testid="problem" data-code=${code}>
      <div>
        <strong>${diverged ? 'Training diverged' : 'Training stopped'}</strong>
        <p>${message}</p>
        ${diverged ? html`<p>Each step overshot, until the numbers left what a float can hold. Try 0.1, then reset.</p>` : nothing}
      </div>
      ${code === 'worker'
        ? html`<button type="button" data-testid="reload" @click=${() => location.reload()}>Reload</button>`
        : this.#reset('problem-reset')}
    </div>`;
  }

  #advice() {
    return html`<div class="alert" role="status" data-testid="advice">
      <div>
        <strong>The model is only guessing</strong>
        <p>It reads about one digit in ten, as chance would. Its learning rate is probably too large, or much too small: try 0.1, then reset.</p>
      </div>
      ${this.#reset('advice-reset')}
    </div>`;
  }

  #reset(testId: string) {
    return html`<button type="button" data-testid=${testId} @click=${() => this.emit('toydl-reset')}>Reset</button>`;
  }
}

customElements.define('toydl-problem', ToydlProblem);
