import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Watch } from 'toydl/training/protocol';
import { imageWidth, isPlane } from './datasets.js';
import { download } from './download.js';
import * as format from './format.js';
import { LightElement, type PanelEvents } from './light-element.js';
import { aboutModel, ModelFileError } from './model-file.js';
import { nativeCommand } from './run.js';
import type { Session } from './session.js';
import { hashFromSettings, settingsFromAddress, type Settings, type View } from './settings.js';
import { language, remember, speak, words, type Language } from './words/index.js';
import './panels/controls.js';
import './panels/curves.js';
import './panels/data-bar.js';
import './panels/data.js';
import './panels/digits.js';
import './panels/keep.js';
import './panels/masthead.js';
import './panels/network.js';
import './panels/notices.js';
import './panels/pending.js';
import './panels/plane.js';
import './panels/problem.js';
import './panels/status.js';
import './panels/training.js';
import './panels/views.js';

/** Milliseconds between two updates that only bring new numbers. */
const calmInterval = 100;

const firstSample: Watch['sample'] = { kind: 'test', index: 0 };

/** Panels that are fetched when they are looked at. */
const fetched: Partial<Record<View, () => Promise<unknown>>> = {
  draw: () => import('./panels/draw.js'),
  inside: () => import('./panels/inside.js'),
  mistakes: () => import('./panels/mistakes.js'),
};

/** `<toydl-app>`: gives the panels what the session knows, and the session what the panels ask. */
export class ToydlApp extends LightElement {
  static override properties = { notices: { state: true } };
  /** Sentences that somebody should read, and can close. */
  declare notices: readonly string[];
  #session?: Session;
  /** The sample that was looked at last, and its data set. */
  #sample: Watch['sample'] = firstSample;
  #sampleOf = '';
  #announced = { epoch: 0, state: '' };
  #announcement = '';
  readonly #closedNotices = new Set<string>();
  #addressTimer = 0;
  /** The settings that the address tells, or soon will. */
  #written?: Settings;
  #urgent = true;
  #updatedAt = 0;

  constructor() {
    super();
    this.notices = [];
    this.#on('toydl-play', () => this.#session?.play());
    this.#on('toydl-pause', () => this.#session?.pause());
    this.#on('toydl-step', () => this.#session?.step());
    this.#on('toydl-epoch', () => this.#session?.epoch());
    this.#on('toydl-reset', () => this.#session?.reset());
    this.#on('toydl-retry', () => this.#session?.retry());
    this.#on('toydl-settings', (changes) => this.#change(() => this.#session?.change(changes)));
    this.#on('toydl-preset', (name) => this.#change(() => this.#session?.choosePreset(name)));
    this.#on('toydl-data', ({ name, own }) => this.#change(() => this.#session?.chooseData(name, own)));
    this.#on('toydl-start-over', () => this.#change(() => this.#session?.startOver()));
    this.#on('toydl-discard', () => this.#session?.discard());
    this.#on('toydl-go-back', ({ learningRate }) => this.#change(() => this.#session?.goBack(learningRate)));
    this.#on('toydl-view', (view) => this.#show(view));
    this.#on('toydl-watch', (sample) => this.#watch(sample));
    this.#on('toydl-language', (name) => void this.#speak(name));
    this.#on('toydl-close-notices', () => this.#closeNotices());
    this.#on('toydl-save-model', () => void this.#saveModel());
    this.#on('toydl-open-model', (file) => void this.#openModel(file));
  }

  /** Shows a session from now on. */
  show(session: Session, complaints: readonly string[]): void {
    this.#session = session;
    this.notices = complaintsInWords(complaints);
    session.onChange = (urgent) => {
      this.#urgent ||= urgent;
      if (session.settings !== this.#written) this.#writeAddressSoon();
      this.requestUpdate();
    };
    this.#show(session.settings.view);
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
    this.#announce(session);
    // Another language is another page: every panel begins anew.
    return keyed(language(), html`<div class="page">
      <div class="top">
        <toydl-masthead></toydl-masthead>
        <toydl-data-bar .progress=${session.data} .problem=${session.downloadProblem} .name=${session.settings.dataset}></toydl-data-bar>
      </div>
      <toydl-notices .notices=${this.#allNotices(session)}></toydl-notices>
      <toydl-problem .problem=${session.state === 'failed' ? session.runProblem : undefined} .guessing=${session.guessing} .safer=${session.saferLearningRate}></toydl-problem>
      <toydl-pending .settings=${session.settings} .draft=${session.draft} .build=${session.build} .step=${session.stepsDone}
        .otherSamples=${session.otherSamplesWait}></toydl-pending>
      <div class="workplace" data-view=${session.settings.view}>
        <div class="bridge">
          <toydl-status .state=${session.state} .report=${session.report} .test=${session.test}></toydl-status>
          <toydl-controls .state=${session.state} .playing=${session.playing}></toydl-controls>
        </div>
        <toydl-views .view=${session.settings.view}></toydl-views>
        <div class="view" id="view" role="tabpanel" aria-labelledby="view-${session.settings.view}" data-view=${session.settings.view}>${this.#view(session)}</div>
        ${this.#buildColumn(session)}
        <toydl-keep .settings=${session.settings} .hash=${session.report?.hash} .command=${nativeCommand(session.settings)} .offRecord=${session.offRecord}></toydl-keep>
      </div>
      <p class="visually-hidden" role="status" data-testid="announcement">${this.#announcement}</p>
    </div>`);
  }

  #buildColumn(session: Session) {
    const { settings, wanted, known, build, own, dataset } = session;
    return html`<div class="build">
      <toydl-data .name=${wanted.dataset} .own=${own} .info=${wanted.dataset === settings.dataset ? dataset : undefined}></toydl-data>
      <toydl-network .layers=${wanted.layers} .build=${build} .data=${known} .ask=${session.ask}></toydl-network>
      <toydl-training .settings=${wanted}></toydl-training>
    </div>`;
  }

  #view(session: Session) {
    const { settings, dataOfRun: data, dataset, playing, watched, report } = session;
    const classNames = dataset?.classNames ?? [];
    switch (settings.view) {
      case 'inside':
        return html`<toydl-inside .watched=${watched} .classNames=${classNames} .samples=${session.data?.testSamples ?? 0}></toydl-inside>`;
      case 'mistakes':
        return html`<toydl-mistakes .test=${session.test} .classNames=${classNames} .ask=${session.ask} .imageWidth=${imageWidth(data)}></toydl-mistakes>`;
      case 'draw':
        return html`<toydl-draw .watched=${watched} .classNames=${classNames} .imageWidth=${imageWidth(data)}></toydl-draw>`;
      default:
        return html`
          ${isPlane(data)
            ? html`<toydl-plane .boundary=${session.boundary} .classNames=${classNames} .ask=${session.ask} .name=${settings.dataset}></toydl-plane>`
            : imageWidth(data)
              ? html`<toydl-digits .digits=${session.digits} .classNames=${classNames} .playing=${playing}></toydl-digits>`
              : nothing}
          <toydl-curves .curves=${session.curves} .earlier=${session.earlier} .settings=${settings} .classes=${data.classes}
            .revision=${session.curvesRevision} .epochs=${report?.epochs ?? settings.epochs}></toydl-curves>`;
    }
  }

  /** What came up in the app, and what the session has to tell, unless it was closed. */
  #allNotices({ storageFails, ownUnstored, revivedAt, restoredAt }: Session): readonly string[] {
    const { own, problem } = words();
    const told = [
      ...(restoredAt === undefined ? [] : [problem.restored(format.count(restoredAt))]),
      ...(revivedAt === undefined ? [] : [problem.revived(format.count(revivedAt))]),
      ...(storageFails ? [problem.storage] : []),
      ...(ownUnstored && !storageFails ? [own.unstored] : []),
    ];
    return [...this.notices, ...told.filter((notice) => !this.#closedNotices.has(notice))];
  }

  #closeNotices(): void {
    for (const notice of this.#allNotices(this.#session!)) this.#closedNotices.add(notice);
    this.notices = [];
  }

  /** For those who listen: one sentence at each end of an epoch, and when training stops or goes on. */
  #announce({ state, report, test }: Session): void {
    if (!report) return;
    const said = words().announce;
    const stopped = said.states[state];
    const epoch = Math.floor((test?.epoch ?? 0) + 1e-6);
    if (epoch === this.#announced.epoch && stopped === this.#announced.state) return;
    this.#announced = { epoch, state: stopped };
    const accuracy = test ? ` ${said.accuracy(format.percent(test.accuracy))}` : '';
    this.#announcement = `${stopped} ${said.epoch(format.count(epoch), format.count(report.epochs))}${accuracy}`.trim();
  }

  #on<Name extends keyof PanelEvents>(name: Name, act: (detail: PanelEvents[Name]) => void): void {
    this.addEventListener(name, (event) => act((event as CustomEvent<PanelEvents[Name]>).detail));
  }

  /** Changes settings; what was said of the former ones is over. */
  #change(act: () => unknown): void {
    act();
    this.notices = [];
  }

  #show(view: View): void {
    const session = this.#session;
    if (!session) return;
    void fetched[view]?.().then(() => this.requestUpdate(), () => (this.notices = [words().app.notLoaded]));
    session.change({ view });
    this.#watch(this.#sampleOf === session.settings.dataset ? this.#sample : firstSample);
  }

  /** The sample that is on screen: only what is looked at is computed. */
  #watch(sample: Watch['sample']): void {
    const session = this.#session;
    if (!session) return;
    const { view, dataset } = session.settings;
    this.#sample = sample;
    this.#sampleOf = dataset;
    session.watch(view === 'inside' || view === 'draw' ? { sample, inside: view === 'inside' } : undefined);
  }

  async #speak(name: Language): Promise<void> {
    await speak(name);
    remember(name);
    this.requestUpdate();
  }

  async #saveModel(): Promise<void> {
    const session = this.#session!;
    try {
      const bytes = await session.saveModel();
      download(`toydl-${session.settings.dataset}-step-${session.stepsDone}.safetensors`, new Blob([bytes], { type: 'application/octet-stream' }));
    } catch (error) {
      // There is no model yet, or no worker.
      this.notices = [(error as Error).message];
    }
  }

  async #openModel(file: File): Promise<void> {
    const { notOurs, opened } = words().keep;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.#session!.openModel(bytes, aboutModel(bytes, this.#session!.own));
      this.notices = [opened(file.name)];
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      this.notices = [notOurs(file.name, error.message)];
    }
  }

  /** A slider being dragged changes faster than browsers let a page rewrite its address. */
  #writeAddressSoon(): void {
    const { settings } = this.#session!;
    this.#written = settings;
    clearTimeout(this.#addressTimer);
    this.#addressTimer = window.setTimeout(() => history.replaceState(history.state, '', hashFromSettings(settings)), 300);
  }

  readonly #onAddress = (): void => {
    const session = this.#session;
    if (!session) return;
    const { settings, complaints } = settingsFromAddress(location.hash, session.own);
    session.change(settings, { startOver: true });
    this.#show(settings.view);
    this.notices = complaintsInWords(complaints);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const session = this.#session;
    const target = event.target instanceof Element ? event.target : undefined;
    if (!session || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target?.closest('input, textarea, select, [contenteditable], [role=tab]')) return;
    switch (event.key) {
      case ' ':
        if (target?.closest('button, a, summary')) return;
        if (event.repeat) break;
        if (session.playing) session.pause();
        else session.play();
        break;
      case 'ArrowRight':
        session.step();
        break;
      case 'e':
      case 'E':
        if (!event.repeat) session.epoch();
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

/** One notice for all that was wrong with an address. */
function complaintsInWords(complaints: readonly string[]): string[] {
  if (complaints.length === 0) return [];
  const first = complaints.slice(0, 3);
  return [words().address.notice(first.join(' '), complaints.length - first.length)];
}

customElements.define('toydl-app', ToydlApp);
