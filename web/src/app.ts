import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { define } from './light-element.js';
import type { Session } from './session.js';
import { complaintsInWords, SessionElement } from './session-element.js';
import { panels, type PanelName } from './session-panels.js';
import { hashFromSettings, settingsFromAddress, type Settings, type View } from './settings.js';
import { language, remember, words, type Language } from './words/index.js';
import { speakHere } from './words/page.js';
import './panels/data-bar.js';
import './panels/masthead.js';
import './panels/notices.js';
import './panels/own-data.js';
import './panels/pending.js';
import './panels/problem.js';
import './panels/views.js';

/** What each view is made of. */
const viewPanels: Record<View, readonly PanelName[]> = {
  learn: ['samples', 'curves'],
  inside: ['inside'],
  mistakes: ['mistakes'],
  draw: ['draw'],
  // Where there is room, building stands beside learning.
  build: ['samples', 'curves'],
};

/** `<toydl-app>`: the page. Its settings are in the address, and its session is the visitor's own. */
export class ToydlApp extends SessionElement {
  #addressTimer = 0;
  /** The settings that the address tells, or soon will. */
  #written?: Settings;

  constructor() {
    super();
    this.on('toydl-reload', () => location.reload());
    this.on('toydl-view', (view) => this.#show(view));
    this.on('toydl-language', (name) => void this.#speak(name));
  }

  /** Shows a session from now on. */
  show(session: Session, complaints: readonly string[]): void {
    this.attend(session);
    this.notices = complaintsInWords(complaints, words().address);
    this.#show(session.settings.view);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.onKey);
    addEventListener('hashchange', this.#onAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.onKey);
    removeEventListener('hashchange', this.#onAddress);
  }

  override render() {
    const { session } = this;
    if (!session) return nothing;
    const { view } = session.settings;
    // Another language is another page: every panel begins anew.
    return keyed(language(), html`<div class="page">
      <div class="top">
        <toydl-masthead></toydl-masthead>
        <toydl-data-bar .progress=${session.data} .problem=${session.downloadProblem} .name=${session.settings.dataset}></toydl-data-bar>
      </div>
      <toydl-notices .notices=${this.allNotices}></toydl-notices>
      <toydl-problem .problem=${session.state === 'failed' ? session.runProblem : undefined} .guessing=${session.guessing} .safer=${session.saferLearningRate}></toydl-problem>
      <toydl-pending .settings=${session.settings} .draft=${session.draft} .build=${session.build} .step=${session.stepsDone}
        .otherSamples=${session.otherSamplesWait}></toydl-pending>
      <div class="workplace" data-view=${view}>
        <div class="bridge">${panels.status(session)}${panels.controls(session)}</div>
        <toydl-views .view=${view}></toydl-views>
        <div class="view" id="view" role="tabpanel" aria-labelledby="view-${view}" data-view=${view}>${viewPanels[view].map((name) => panels[name](session))}</div>
        <div class="build">${panels.data(session)}${panels.network(session)}${panels.training(session)}</div>
        ${panels.keep(session)}
      </div>
      <p class="visually-hidden" role="status" data-testid="announcement">${this.announcement}</p>
    </div>`);
  }

  protected override updated(): void {
    if (this.session && this.session.settings !== this.#written) this.#writeAddressSoon(this.session.settings);
  }

  #show(view: View): void {
    this.session?.change({ view });
    this.look(viewPanels[view]);
  }

  async #speak(name: Language): Promise<void> {
    await speakHere(name);
    remember(name);
    this.requestUpdate();
  }

  /** A slider being dragged changes faster than browsers let a page rewrite its address. */
  #writeAddressSoon(settings: Settings): void {
    this.#written = settings;
    clearTimeout(this.#addressTimer);
    this.#addressTimer = window.setTimeout(() => history.replaceState(history.state, '', hashFromSettings(settings)), 300);
  }

  readonly #onAddress = (): void => {
    const { session } = this;
    if (!session) return;
    const { settings, complaints } = settingsFromAddress(location.hash, session.own);
    session.change(settings, { startOver: true });
    this.#show(settings.view);
    this.notices = complaintsInWords(complaints, words().address);
  };
}

define('toydl-app', ToydlApp);
