import { html, nothing } from 'lit';
import type { Problem } from 'toydl/training/protocol';
import { LightElement } from '../light-element.js';

/** `<toydl-problem>`: why the run cannot go on, and the way back. */
export class ToydlProblem extends LightElement {
  static override properties = { problem: { attribute: false } };
  declare problem?: Problem;

  override render() {
    if (!this.problem) return nothing;
    const { code, message } = this.problem;
    const diverged = code === 'diverged';
    return html`<div class="alert" role="alert" data-testid="problem" data-code=${code}>
      <div>
        <strong>${diverged ? 'Training diverged' : 'Training stopped'}</strong>
        <p>${message}</p>
        ${diverged ? html`<p>Each step overshot, until the numbers left what a float can hold. Try a smaller learning rate, such as 0.1, then reset.</p>` : nothing}
      </div>
      ${code === 'worker'
        ? html`<button type="button" data-testid="reload" @click=${() => location.reload()}>Reload</button>`
        : html`<button type="button" data-testid="problem-reset" @click=${() => this.emit('toydl-reset')}>Reset</button>`}
    </div>`;
  }
}

customElements.define('toydl-problem', ToydlProblem);
