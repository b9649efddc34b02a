import { html, nothing } from 'lit';
import type { Problem } from 'toydl/training/protocol';
import { count } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

/** `<toydl-problem>`: why the run cannot go on, or leads nowhere, and the way back. */
export class ToydlProblem extends LightElement {
  static override properties = { problem: { attribute: false }, guessing: { attribute: false }, safer: { attribute: false } };
  declare problem?: Problem;
  /** A learning rate that is too large need not end in NaN: more often, all units die and the model guesses. */
  declare guessing: boolean;
  /** A learning rate with which it may go better. */
  declare safer: number;

  constructor() {
    super();
    this.guessing = false;
    this.safer = 0.1;
  }

  override render() {
    if (this.problem) return this.#stopped(this.problem);
    return this.guessing ? this.#advice() : nothing;
  }

  #stopped({ code, message, goodStep }: Problem) {
    const said = words().problem;
    const diverged = code === 'diverged';
    return html`<div class="alert" role="alert" data-testid="problem" data-code=${code}>
      <div>
        <strong>${diverged ? said.diverged : said.stopped}</strong>
        <p>${asSentence(message)}</p>
        ${diverged ? html`<p>${said.overshot(String(this.safer))}</p>` : nothing}
      </div>
      <div class="buttons">
        ${goodStep === undefined ? nothing : this.#goBack(goodStep)}
        ${code === 'worker'
          ? html`<button type="button" data-testid="reload" @click=${() => this.emit('toydl-reload')}>${said.reload}</button>`
          : this.#reset('problem-reset')}
      </div>
    </div>`;
  }

  #goBack(step: number) {
    const learningRate = this.safer;
    return html`<button type="button" class="primary" data-testid="go-back" @click=${() => this.emit('toydl-go-back', { learningRate })}>
      ${words().problem.goBack(count(step), String(learningRate))}
    </button>`;
  }

  #advice() {
    const { guessing, guessingAdvice } = words().problem;
    return html`<div class="alert" role="status" data-testid="advice">
      <div><strong>${guessing}</strong><p>${guessingAdvice}</p></div>
      ${this.#reset('advice-reset')}
    </div>`;
  }

  #reset(testId: string) {
    return html`<button type="button" data-testid=${testId} @click=${() => this.emit('toydl-reset')}>${words().problem.reset}</button>`;
  }
}

/** What an exception says begins small, and perhaps with what the title says too. */
function asSentence(message: string): string {
  const rest = message.replace(/^training diverged: /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

define('toydl-problem', ToydlProblem);
