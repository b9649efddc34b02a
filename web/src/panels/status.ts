import { html } from 'lit';
import type { Report, TestReport, TrainingState } from 'toydl/training/protocol';
import { count, epoch, loss, percent } from '../format.js';
import { LightElement } from '../light-element.js';

const stateWords: Record<TrainingState, string> = {
  loading: 'Loading',
  running: 'Training',
  waiting: 'Waiting for data',
  paused: 'Paused',
  done: 'Finished',
  failed: 'Stopped',
};

const none = '–';

/** `<toydl-status>`: where training is, in numbers. */
export class ToydlStatus extends LightElement {
  static override properties = { state: { attribute: false }, report: { attribute: false }, test: { attribute: false } };
  declare state: TrainingState;
  declare report?: Report;
  declare test?: TestReport;

  constructor() {
    super();
    this.state = 'loading';
  }

  override render() {
    const { report, test, state } = this;
    return html`<section class="card status" aria-label="Progress">
      <div class="hero">
        <p class="accuracy" data-testid="accuracy">${test ? percent(test.accuracy) : none}</p>
        <p>of ${test ? count(test.samples) : ''} <strong>unseen</strong> test digits read correctly</p>
      </div>
      <div class="progress">
        <p class="line">
          <span>Epoch <b data-testid="epoch">${report ? epoch(report.epoch) : none}</b> of ${report?.epochs ?? none}</span>
          <span class="state" data-testid="state" data-state=${state}>${stateWords[state]}</span>
        </p>
        <progress aria-label="Epochs done" max=${report?.epochs ?? 1} .value=${report?.epoch ?? 0}></progress>
        <dl class="numbers">
          <div><dt>Step</dt><dd data-testid="step-number">${report ? count(report.step) : none}</dd></div>
          <div><dt>Loss</dt><dd data-testid="loss">${report?.loss === undefined ? none : loss(report.loss)}</dd></div>
          <div><dt>Images/s</dt><dd data-testid="speed">${report?.samplesPerSecond ? count(report.samplesPerSecond) : none}</dd></div>
        </dl>
      </div>
    </section>`;
  }
}

customElements.define('toydl-status', ToydlStatus);
