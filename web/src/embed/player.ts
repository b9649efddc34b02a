import { html, nothing } from 'lit';
import { ToydlError } from 'toydl/errors';
import { keyed } from 'lit/directives/keyed.js';
import { missingEngineFeature } from '../engine-support.js';
import { define } from '../light-element.js';
import { fetchLesson } from '../lesson/fetch-lesson.js';
import { lessonFromText, settingsAt } from '../lesson/lesson.js';
import { LessonProgress } from '../lesson/progress.js';
import { Session, type News } from '../session.js';
import { complaintsInWords, SessionElement } from '../session-element.js';
import { panels } from '../session-panels.js';
import { sameValue, settingKeys, type Settings } from '../settings.js';
import { firstSpoken, language, speak, words } from '../words/index.js';
import '../panels/data-bar.js';
import '../panels/lesson.js';
import '../panels/notices.js';
import '../panels/pending.js';
import '../panels/problem.js';
import { datasetsIn, embeddingFrom, type Embedding, type Places } from './embedding.js';
import type { PlaygroundEvents } from './events.js';
import type { Attributes } from './names.js';
import { newStyleSheet, shadowStyles } from './shadow-styles.js';
import { embeddedSource, embeddedThread } from './sources.js';

/** What the element in the host's page asks of its player, and is told by it. */
export interface PlayerOptions {
  root: ShadowRoot;
  attributes: Attributes;
  /** Languages that the author and the reader would like, the best first. */
  languages: readonly (string | null | undefined)[];
  /** A lesson as JSON, if it is in the page. */
  lessonText?: string;
  tell: <Name extends keyof PlaygroundEvents>(name: Name, detail: PlaygroundEvents[Name]) => void;
  /** Ends the player, with everything that goes on in it. */
  signal: AbortSignal;
}

/** Parts with addresses of a page that has these settings in its own address, which the host's has not. */
const alwaysHidden = ['share', 'embed'];

/** Where all of it is loaded, an element in a host's page becomes this: a session, and the panels that its author wants. */
export async function createPlayer(options: PlayerOptions): Promise<ToydlPlayer | undefined> {
  await speak(firstSpoken(options.languages) ?? 'en');
  if (options.signal.aborted) return undefined;
  const player = new ToydlPlayer(options);
  options.root.replaceChildren(player);
  player.begin();
  return player;
}

/** `<toydl-player>`: what is within `<toydl-playground>`. */
export class ToydlPlayer extends SessionElement {
  readonly #root: ShadowRoot;
  readonly #tell: PlayerOptions['tell'];
  readonly #signal: AbortSignal;
  readonly #inlineLesson?: string;
  readonly #hiding: CSSStyleSheet;
  #attributes: Attributes;
  #embedding: Embedding;
  #progress?: LessonProgress;
  #isReady = false;
  #complained = '';
  /** Why there is no lesson where there should be one. */
  #noLesson?: string;
  /** A folder of data of which nothing could be read. */
  #noDataAt?: string;
  /** Counts changes of the theme: colours are read when a panel begins. */
  #look = 0;

  constructor({ root, attributes, lessonText, tell, signal }: PlayerOptions) {
    super();
    this.#root = root;
    this.#hiding = newStyleSheet(root.ownerDocument);
    this.#tell = tell;
    this.#signal = signal;
    this.#inlineLesson = lessonText;
    this.#attributes = attributes;
    this.#embedding = embeddingFrom(attributes);
    this.on('toydl-lesson-step', (step) => this.#goTo(step));
    this.on('toydl-reload', () => {
      this.#noDataAt = undefined;
      this.#begin();
    });
    this.on('toydl-view', (view) => this.querySelector(`[part~=${view}]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }));
    this.addEventListener('keydown', this.onKey);
    signal.addEventListener('abort', () => this.#end());
  }

  /** Starts training, or says why it cannot. */
  begin(): void {
    const missing = missingEngineFeature();
    if (missing) return this.#sayUnsupported(missing);
    this.#begin();
    void this.#readLesson();
  }

  /** Other attributes; what they leave as it was is left as it is, the run too if it can. */
  async configure(attributes: Attributes, languages: readonly (string | null | undefined)[]): Promise<void> {
    const wanted = firstSpoken(languages);
    if (wanted && wanted !== language()) await speak(wanted);
    if (this.#signal.aborted) return;
    this.#attributes = attributes;
    if (!this.session) return;
    const { places, lesson } = this.#embedding;
    const next = embeddingFrom(this.#wanted);
    if (places.data !== next.places.data) this.#noDataAt = undefined;
    if (isSame(places, next.places) && !this.session.isOver) this.#apply();
    else this.#begin();
    if (lesson !== next.lesson) void this.#readLesson();
  }

  play(): void {
    this.session?.play();
  }

  pause(): void {
    this.session?.pause();
  }

  step(): void {
    this.session?.step();
  }

  reset(): void {
    this.session?.reset();
  }

  /** @throws {ToydlError} `state` if there is no model, or not yet, `worker` if its worker has ended */
  async exportModel(): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.session) throw new ToydlError('state', 'There is no model.');
    return this.session.saveModel();
  }

  override render() {
    const session = this.session;
    const progress = this.#progress;
    if (!session) return nothing;
    return keyed(`${language()} ${this.#look}`, html`
      ${progress ? html`<toydl-lesson .lesson=${progress.lesson} .step=${progress.step} .reached=${progress.reached} .isMissed=${progress.isMissed}></toydl-lesson>` : nothing}
      <div class="told">
        <toydl-notices .notices=${this.allNotices}></toydl-notices>
        <toydl-problem .problem=${session.state === 'failed' ? session.runProblem : undefined} .guessing=${session.guessing} .safer=${session.saferLearningRate}></toydl-problem>
        <toydl-pending .settings=${session.settings} .draft=${session.draft} .build=${session.build} .step=${session.stepsDone}></toydl-pending>
      </div>
      <div class="panels">${this.#embedding.panels.map((name) => panels[name](session))}</div>
      <toydl-data-bar part="data-bar" .progress=${session.data} .problem=${session.downloadProblem} .name=${session.settings.dataset}></toydl-data-bar>
      <p class="visually-hidden" role="status" data-testid="announcement">${this.announcement}</p>`);
  }

  #end(): void {
    this.session?.dispose();
    this.session = undefined;
    this.remove();
    this.#root.adoptedStyleSheets = [];
  }

  /** A session with what is asked for now; that of before is over. */
  #begin(): void {
    this.session?.dispose();
    this.#isReady = false;
    this.#embedding = embeddingFrom(this.#wanted);
    const { settings, places: named } = this.#embedding;
    const places = named.data === this.#noDataAt ? { ...named, data: undefined } : named;
    const session = new Session(settings, { sourceOf: (name) => embeddedSource(name, places), offered: datasetsIn(places), thread: embeddedThread(places) });
    this.attend(session);
    session.onNews = (news) => this.#hear(news);
    this.#dress();
    this.#complain();
  }

  /**
   * What is asked for now, as far as it is other than before.
   * @param begins a step of a lesson says whether it trains by itself, even if the one before did too
   */
  #apply({ begins }: { begins: boolean } = { begins: false }): void {
    const former = this.#embedding;
    this.#embedding = embeddingFrom(this.#wanted);
    const { settings, theme } = this.#embedding;
    if (theme !== former.theme) this.#look++;
    const changed = settingKeys.filter((key) => !sameValue(key, former.settings[key], settings[key]));
    const { state } = this.session!;
    // What trains goes on; what rests begins only if it is to by itself.
    const isOver = state === 'failed' || state === 'done';
    const play = begins ? settings.autoplay : (settings.autoplay && (changed.includes('autoplay') || isOver)) || undefined;
    const changes = Object.fromEntries(changed.map((key) => [key, settings[key]])) as Partial<Settings>;
    if (changed.length > 0 || begins) this.change((session) => session.set(changes, { play }));
    this.#dress();
    this.#complain();
  }

  /** The attributes, as far as a step of a lesson, or for settings one before it, does not say otherwise. */
  get #wanted(): Attributes {
    if (!this.#progress) return this.#attributes;
    const { lesson, step, current: { panels, hide } } = this.#progress;
    return {
      ...this.#attributes, ...settingsAt(lesson, step),
      ...(panels && { panels: panels.join(' ') }), ...(hide && { hide: hide.join(' ') }),
    };
  }

  /** Styles, and what the panels need. */
  #dress(): void {
    const { theme, hidden, panels: shown } = this.#embedding;
    this.#root.adoptedStyleSheets = [shadowStyles(theme, this.#root.ownerDocument), this.#hiding];
    this.#hiding.replaceSync([...alwaysHidden, ...hidden].map((name) => `[part~="${name}"] { display: none !important; }`).join('\n'));
    this.look(shown);
    this.requestUpdate();
  }

  /** Tells the host's page what of the attributes cannot be used, once; the reader sees it as long as it is so. */
  #complain(): void {
    const { complaints } = this.#embedding;
    const isTold = complaints.join() === this.#complained;
    this.#complained = complaints.join();
    if (isTold) return;
    for (const message of complaintsInWords(complaints, words().player)) this.#tell('toydl-error', { code: 'option', message });
  }

  protected override get standingNotices(): readonly string[] {
    const { complaints, places: { data } } = this.#embedding;
    return [
      ...complaintsInWords(complaints, words().player),
      ...(this.#noLesson === undefined ? [] : [this.#noLesson]),
      ...(data !== undefined && data === this.#noDataAt ? [words().player.starterOnly(data)] : []),
      ...super.standingNotices,
    ];
  }

  #sayUnsupported(feature: string): void {
    const message = words().app.unsupported(feature);
    const sentence = document.createElement('p');
    sentence.className = 'sentence';
    sentence.textContent = message;
    this.replaceChildren(sentence);
    this.#tell('toydl-error', { code: 'unsupported', message });
  }

  async #readLesson(): Promise<void> {
    const { lesson } = this.#embedding;
    // Meanwhile the author may name another one, or take the element away.
    const isWanted = () => lesson === this.#embedding.lesson && !this.#signal.aborted;
    try {
      const text = lesson === undefined ? this.#inlineLesson : await fetchLesson(lesson);
      if (!isWanted()) return;
      this.#noLesson = undefined;
      if (text === undefined && !this.#progress) return this.requestUpdate();
      this.#progress = text === undefined ? undefined : new LessonProgress(lessonFromText(text), this.session?.report);
      this.#showStep();
    } catch (error) {
      if (!isWanted()) return;
      const message = (this.#noLesson = words().player.noLesson(lesson, (error as Error).message));
      this.requestUpdate();
      this.#tell('toydl-error', { code: 'lesson', message });
    }
  }

  #goTo(step: number): void {
    this.#progress!.go(step, this.session?.report);
    this.#showStep();
  }

  #showStep(): void {
    this.#apply({ begins: this.#progress?.current.settings?.autoplay !== undefined });
  }

  #hear(news: News): void {
    if ('report' in news) {
      this.#tellReady(news.report.hash);
      this.#tell('toydl-report', news.report);
    } else if ('test' in news) {
      this.#tellEpoch(news.test);
    } else {
      const { code, message } = news.problem;
      this.#tell('toydl-error', { code, message });
      if (news.problem.retry) this.#makeDo();
    }
    if (!this.#progress?.hear(news)) return;
    this.requestUpdate();
    const { step, current } = this.#progress;
    this.#tell('toydl-goal', { step, goal: structuredClone(current.goal) });
  }

  /** Trains with the starter of MNIST if nothing can be had of what the author named, perhaps because its host lets no other page read it. */
  #makeDo(): void {
    const { data } = this.#embedding.places;
    const session = this.session!;
    if (session.dataset || data === undefined || data === this.#noDataAt || session.settings.dataset !== 'mnist') return;
    this.#noDataAt = data;
    this.#begin();
  }

  #tellReady(hash: string): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#tell('toydl-ready', { dataset: this.session!.settings.dataset, hash });
  }

  #tellEpoch({ epoch, step, loss, accuracy, samples }: Extract<News, { test: unknown }>['test']): void {
    const { report } = this.session!;
    if (!report || epoch === 0 || step !== report.step || Math.abs(epoch - Math.round(epoch)) > 1e-9) return;
    this.#tell('toydl-epoch', { epoch: Math.round(epoch), epochs: report.epochs, step, loss, accuracy, samples, hash: report.hash });
  }
}

const isSame = (a: Places, b: Places): boolean => a.data === b.data && a.wasm === b.wasm && a.worker === b.worker;

define('toydl-player', ToydlPlayer);
