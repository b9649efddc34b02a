import { html } from 'lit';
import type { Report, TestReport, TrainingState } from 'toydl/training/protocol';
import { count, epoch, loss, percent } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

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
    const said = words().status;
    return html`<section class="card status" part="card status" aria-label=${said.label}>
      <div class="hero" part="accuracy">
        <p class="accuracy" data-testid="accuracy">${test ? percent(test.accuracy) : none}</p>
        <p>${said.right(test ? count(test.samples) : '')}</p>
      </div>
      <div class="progress" part="progress">
        <p class="line">
          <span>${said.epoch} <b data-testid="epoch">${report ? epoch(report.epoch) : none}</b> ${said.of} ${report?.epochs ?? none}</span>
          <span class="state" data-testid="state" data-state=${state}>${said.states[state]}</span>
        </p>
        <progress aria-label=${said.epochsDone} max=${report?.epochs ?? 1} .value=${report?.epoch ?? 0}></progress>
        <dl class="numbers" part="numbers">
          <div><dt>${said.step}</dt><dd data-testid="step-number">${report ? count(report.step) : none}</dd></div>
          <div><dt>${said.loss}</dt><dd data-testid="loss">${report?.loss === undefined ? none : loss(report.loss)}</dd></div>
          <div><dt>${said.speed}</dt><dd data-testid="speed">${report?.samplesPerSecond ? count(report.samplesPerSecond) : none}</dd></div>
          <div><dt>${said.left}</dt><dd data-testid="left">${this.#timeLeft()}</dd></div>
        </dl>
      </div>
    </section>`;
  }

  /** At the present speed, without pauses. */
  #timeLeft(): string {
    const { report } = this;
    if (!report?.samplesPerSecond) return none;
    const seconds = ((report.epochs - report.epoch) * report.samplesPerEpoch) / report.samplesPerSecond;
    const { minutes, seconds: inSeconds } = words().status;
    return seconds >= 90 ? minutes(count(seconds / 60)) : inSeconds(count(seconds));
  }
}

define('toydl-status', ToydlStatus);
