import { html, nothing } from 'lit';
import * as format from './format.js';
import { LightElement, type PanelEvents } from './light-element.js';
import { nativeCommand } from './run.js';
import type { Session } from './session.js';
import { hashFromSettings, settingsFromHash } from './settings.js';
import './panels/controls.js';
import './panels/curves.js';
import './panels/data-bar.js';
import './panels/digits.js';
import './panels/fingerprint.js';
import './panels/problem.js';
import './panels/settings.js';
import './panels/status.js';

/** Milliseconds between two updates that only bring new numbers. */
const calmInterval = 100;

/** `<toydl-app>`: gives the panels what the session knows, and the session what the panels ask. */
export class ToydlApp extends LightElement {
  static override properties = { complaints: { state: true } };
  /** Parts of the address that were not understood. */
  declare complaints: readonly string[];
  #session?: Session;
  #announced = { epoch: 0, state: '' };
  #announcement = '';
  #addressTimer = 0;
  #urgent = true;
  #updatedAt = 0;

  constructor() {
    super();
    this.complaints = [];
    this.addEventListener('toydl-play', () => this.#session?.play());
    this.addEventListener('toydl-pause', () => this.#session?.pause());
    this.addEventListener('toydl-step', () => this.#session?.step());
    this.addEventListener('toydl-reset', () => this.#session?.reset());
    this.addEventListener('toydl-retry', () => this.#session?.retry());
    this.addEventListener('toydl-setting', (event) => this.#onSetting((event as CustomEvent<PanelEvents['toydl-setting']>).detail));
  }

  /** Shows a session from now on. */
  show(session: Session, complaints: readonly string[]): void {
    this.#session = session;
    this.complaints = complaints;
    session.onChange = (urgent) => {
      this.#urgent ||= urgent;
      this.requestUpdate();
    };
    this.requestUpdate();
    this.#writeAddress();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
    addEventListener('hashchange', this.#onAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
    removeEventListener('hashchange', this.#onAddress);
  }

  /** Updates come with animation frames, so never while the tab is hidden, and no faster than numbers can be read. */
  protected override async scheduleUpdate(): Promise<void> {
    do await new Promise(requestAnimationFrame);
    while (!this.#urgent && performance.now() - this.#updatedAt < calmInterval);
    this.#urgent = false;
    this.#updatedAt = performance.now();
    super.scheduleUpdate();
  }

  override render() {
    const session = this.#session;
    if (!session) return nothing;
    const { settings, state, data, report, test, digits, curves, playing } = session;
    this.#announce(session);
    return html`
      <toydl-data-bar .progress=${data} .problem=${session.downloadProblem}></toydl-data-bar>
      ${this.complaints.length > 0 ? this.#notice() : nothing}
      <toydl-problem .problem=${session.runProblem} .guessing=${session.guessing}></toydl-problem>
      <toydl-status .state=${state} .report=${report} .test=${test}></toydl-status>
      <toydl-controls .state=${state} .playing=${playing}></toydl-controls>
      <toydl-digits .digits=${digits} .playing=${playing}></toydl-digits>
      <toydl-curves .curves=${curves} .revision=${session.curvesRevision} .epochs=${report?.epochs ?? settings.epochs}></toydl-curves>
      <toydl-settings .settings=${settings}></toydl-settings>
      <toydl-fingerprint .hash=${report?.hash} .command=${nativeCommand(settings)} .offRecord=${session.offRecord}></toydl-fingerprint>
      <p class="visually-hidden" role="status" data-testid="announcement">${this.#announcement}</p>
    `;
  }

  #notice() {
    const first = this.complaints.slice(0, 3);
    const more = this.complaints.length - first.length;
    return html`<div class="notice" role="status" data-testid="notice">
      <p>Not all of the address could be used. ${first.join(' ')}${more > 0 ? ` And ${more} more.` : ''}</p>
      <button type="button" class="small" aria-label="Close this notice" @click=${() => (this.complaints = [])}>Close</button>
    </div>`;
  }

  /** For those who listen: one sentence at each end of an epoch, and when training stops or goes on. */
  #announce({ state, report, test }: Session): void {
    if (!report) return;
    const words = { paused: 'Training is paused.', done: 'Training is finished.', failed: 'Training stopped.' }[state as string] ?? '';
    const epoch = Math.floor((test?.epoch ?? 0) + 1e-6);
    if (epoch === this.#announced.epoch && words === this.#announced.state) return;
    this.#announced = { epoch, state: words };
    const accuracy = test ? ` Test accuracy ${format.percent(test.accuracy)}.` : '';
    this.#announcement = `${words} Epoch ${epoch} of ${report.epochs} done.${accuracy}`.trim();
  }

  #onSetting({ key, value }: PanelEvents['toydl-setting']): void {
    if (!this.#session) return;
    this.#session.apply({ ...this.#session.settings, [key]: value });
    this.complaints = [];
    // A slider being dragged changes faster than browsers let a page rewrite its address.
    clearTimeout(this.#addressTimer);
    this.#addressTimer = window.setTimeout(() => this.#writeAddress(), 300);
  }

  #writeAddress(): void {
    history.replaceState(history.state, '', hashFromSettings(this.#session!.settings));
  }

  readonly #onAddress = (): void => {
    if (!this.#session) return;
    const { settings, complaints } = settingsFromHash(location.hash);
    this.#session.apply(settings);
    this.complaints = complaints;
    this.#writeAddress();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const session = this.#session;
    const target = event.target instanceof Element ? event.target : undefined;
    if (!session || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target?.closest('input, textarea, select, [contenteditable]')) return;
    switch (event.key) {
      case ' ':
        if (target?.closest('button, a')) return;
        if (event.repeat) break;
        if (session.playing) session.pause();
        else session.play();
        break;
      case 'ArrowRight':
        session.step();
        break;
      case 'r':
      case 'R':
        if (!event.repeat) session.reset();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}

customElements.define('toydl-app', ToydlApp);
