import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { missingEngineFeature } from '../engine-support.js';
import { define } from '../light-element.js';
import { GoalWatch } from '../lesson/goal.js';
import { lessonFromText, settingsAt, type Lesson, type LessonStep } from '../lesson/lesson.js';
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
import { embeddable } from './attributes.js';
import { embeddingFrom, type Embedding } from './embedding.js';
import type { PlaygroundEvents } from './events.js';
import type { Attributes } from './names.js';
import { shadowStyles } from './shadow-styles.js';
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
}

/** Parts with addresses of a page that has these settings in its own address, which the host's has not. */
const alwaysHidden = ['share', 'embed'];

/** Lessons are small: more is something else. */
const mostLessonBytes = 200_000;

/** Where all of it is loaded, an element in a host's page becomes this: a session, and the panels that its author wants. */
export async function createPlayer(options: PlayerOptions): Promise<ToydlPlayer> {
  await speak(firstSpoken(options.languages) ?? 'en');
  const player = new ToydlPlayer(options);
  options.root.replaceChildren(player);
  player.begin();
  return player;
}

/** `<toydl-player>`: what is within `<toydl-playground>`. */
export class ToydlPlayer extends SessionElement {
  readonly #root: ShadowRoot;
  readonly #tell: PlayerOptions['tell'];
  readonly #inlineLesson?: string;
  readonly #hiding = new CSSStyleSheet();
  #attributes: Attributes;
  #embedding: Embedding;
  #lesson?: Lesson;
  #step = 0;
  #watch?: GoalWatch;
  readonly #reached = new Set<number>();
  #isReady = false;
  #complained = '';
  /** Counts changes of the theme: colours are read when a panel begins. */
  #look = 0;

  constructor({ root, attributes, lessonText, tell }: PlayerOptions) {
    super();
    this.#root = root;
    this.#tell = tell;
    this.#inlineLesson = lessonText;
    this.#attributes = attributes;
    this.#embedding = embeddingFrom(attributes);
    this.on('toydl-lesson-step', (step) => this.#takeStep(step));
    this.on('toydl-reload', () => this.#begin());
    this.on('toydl-view', (view) => this.querySelector(`[part~=${view}]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }));
    this.addEventListener('keydown', this.onKey);
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
    const former = this.#attributes;
    this.#attributes = attributes;
    const wanted = firstSpoken(languages);
    if (wanted && wanted !== language()) await speak(wanted);
    const places = ['data-url', 'wasm-url', 'worker-url'] as const;
    if (places.some((name) => attributes[name] !== former[name])) this.#begin();
    else this.#apply();
    if (attributes.src !== former.src) await this.#readLesson();
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

  /** @throws {ToydlError} `state` if there is no model yet, `worker` if its worker has ended */
  exportModel(): Promise<Uint8Array<ArrayBuffer>> {
    return this.session!.saveModel();
  }

  /** Ends everything that goes on here. */
  dispose(): void {
    this.session?.dispose();
    this.session = undefined;
    this.remove();
    this.#root.adoptedStyleSheets = [];
  }

  override render() {
    const { session } = this;
    if (!session) return nothing;
    return keyed(`${language()} ${this.#look}`, html`
      ${this.#lesson ? html`<toydl-lesson .lesson=${this.#lesson} .step=${this.#step} .reached=${this.#reached}></toydl-lesson>` : nothing}
      <div class="told">
        <toydl-notices .notices=${this.allNotices}></toydl-notices>
        <toydl-problem .problem=${session.state === 'failed' ? session.runProblem : undefined} .guessing=${session.guessing} .safer=${session.saferLearningRate}></toydl-problem>
        <toydl-pending .settings=${session.settings} .draft=${session.draft} .build=${session.build} .step=${session.stepsDone}></toydl-pending>
      </div>
      <div class="panels">${this.#embedding.panels.map((name) => panels[name](session))}</div>
      <toydl-data-bar part="data-bar" .progress=${session.data} .problem=${session.downloadProblem} .name=${session.settings.dataset}></toydl-data-bar>
      <p class="visually-hidden" role="status" data-testid="announcement">${this.announcement}</p>`);
  }

  /** A session with what is asked for now; that of before is over. */
  #begin(): void {
    this.session?.dispose();
    this.#isReady = false;
    this.#embedding = embeddingFrom(this.#wanted);
    const session = new Session(this.#embedding.settings, {
      sourceOf: (name) => embeddedSource(name, this.#attributes['data-url']),
      offered: embeddable.filter((name) => name !== 'fashion' || this.#attributes['data-url'] !== undefined),
      thread: embeddedThread(this.#attributes),
    });
    this.attend(session);
    session.onNews = (news) => this.#hear(news);
    this.#dress();
    this.#complain();
  }

  /**
   * What is asked for now, as far as it is other than before.
   * @param begins autoplay is asked for now, even if it was before
   */
  #apply({ begins }: { begins: boolean } = { begins: false }): void {
    const former = this.#embedding;
    this.#embedding = embeddingFrom(this.#wanted);
    const { settings, theme } = this.#embedding;
    if (theme !== former.theme) this.#look++;
    const changed = settingKeys.filter((key) => !sameValue(key, former.settings[key], settings[key]));
    const changes = Object.fromEntries(changed.map((key) => [key, settings[key]])) as Partial<Settings>;
    if (changed.length > 0) this.change((session) => session.change(changes, { startOver: true }));
    if (changes.autoplay || (begins && settings.autoplay)) this.session?.play();
    this.#dress();
    this.#complain();
  }

  /** The attributes, as far as a step of a lesson, or for settings one before it, does not say otherwise. */
  get #wanted(): Attributes {
    const { panels, hide } = this.#lessonStep ?? {};
    return {
      ...this.#attributes, ...(this.#lesson && settingsAt(this.#lesson, this.#step)),
      ...(panels && { panels: panels.join(' ') }), ...(hide && { hide: hide.join(' ') }),
    };
  }

  get #lessonStep(): LessonStep | undefined {
    return this.#lesson?.steps[this.#step];
  }

  /** Styles, and what the panels need. */
  #dress(): void {
    const { theme, hidden, panels: shown } = this.#embedding;
    this.#root.adoptedStyleSheets = [shadowStyles(theme), this.#hiding];
    this.#hiding.replaceSync([...alwaysHidden, ...hidden].map((name) => `[part~="${name}"] { display: none !important; }`).join('\n'));
    this.look(shown);
    this.requestUpdate();
  }

  /** Says what of the attributes cannot be used, once. */
  #complain(): void {
    const { complaints } = this.#embedding;
    const isSaid = complaints.join() === this.#complained;
    this.#complained = complaints.join();
    if (isSaid) return;
    for (const notice of complaintsInWords(complaints, words().player)) this.#fail('option', notice);
  }

  /** Says what does not work, to the reader and to the host's page. */
  #fail(code: string, message: string): void {
    this.notices = [...this.notices, message];
    this.#tell('toydl-error', { code, message });
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
    const { src } = this.#attributes;
    // Meanwhile the author may name another one.
    const isWanted = () => src === this.#attributes.src;
    try {
      const text = src === undefined ? this.#inlineLesson : await fetchLesson(new URL(src, document.baseURI));
      if (!isWanted()) return;
      const former = this.#lesson;
      this.#lesson = text === undefined ? undefined : lessonFromText(text);
      this.#reached.clear();
      if (this.#lesson ?? former) this.#takeStep(0);
    } catch (error) {
      if (isWanted()) this.#fail('lesson', words().player.noLesson(src ?? '', (error as Error).message));
    }
  }

  #takeStep(step: number): void {
    this.#step = step;
    const { goal, settings } = this.#lessonStep ?? {};
    this.#watch = goal && new GoalWatch(goal);
    this.#apply({ begins: settings?.autoplay !== undefined });
  }

  #hear(news: News): void {
    const watch = this.#watch;
    if ('report' in news) {
      this.#tellReady(news.report.hash);
      this.#tell('toydl-report', news.report);
      if (watch?.report(news.report)) this.#reach();
    } else if ('test' in news) {
      this.#tellEpoch(news.test);
      if (watch?.test(news.test)) this.#reach();
    } else {
      const { code, message } = news.problem;
      this.#tell('toydl-error', { code, message });
      if (watch?.problem(news.problem)) this.#reach();
    }
  }

  #reach(): void {
    this.#reached.add(this.#step);
    this.requestUpdate();
    this.#tell('toydl-goal', { step: this.#step, goal: structuredClone(this.#lessonStep!.goal) });
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

/** @throws {Error} that says why it is not there */
async function fetchLesson(url: URL): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const text = await response.text();
  if (text.length > mostLessonBytes) throw new Error(`it has more than ${mostLessonBytes} characters`);
  return text;
}

define('toydl-player', ToydlPlayer);
