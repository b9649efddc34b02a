import type { Watch } from 'toydl/training/protocol';
import { download } from './download.js';
import * as format from './format.js';
import { LightElement, type PanelEvents } from './light-element.js';
import { aboutModel, ModelFileError } from './model-file.js';
import type { Session } from './session.js';
import { fetchPanels, type PanelName } from './session-panels.js';
import { words } from './words/index.js';

/** Milliseconds between two updates that only bring new numbers. */
const calmInterval = 100;

const firstSample: Watch['sample'] = { kind: 'test', index: 0 };

/** An element that shows a session in panels: gives them what the session knows, and the session what they ask. */
export abstract class SessionElement extends LightElement {
  static override properties = { notices: { state: true } };
  /** Sentences that somebody should read, and can close. */
  declare notices: readonly string[];
  protected session?: Session;
  protected announcement = '';
  #announced = { epoch: 0, state: '' };
  readonly #closedNotices = new Set<string>();
  /** The sample that was looked at last, and its data set. */
  #sample: Watch['sample'] = firstSample;
  #sampleOf = '';
  #shown: readonly PanelName[] = [];
  #urgent = true;
  #updatedAt = 0;

  constructor() {
    super();
    this.notices = [];
    this.on('toydl-play', () => this.session?.play());
    this.on('toydl-pause', () => this.session?.pause());
    this.on('toydl-step', () => this.session?.step());
    this.on('toydl-epoch', () => this.session?.epoch());
    this.on('toydl-reset', () => this.session?.reset());
    this.on('toydl-retry', () => this.session?.retry());
    this.on('toydl-settings', (changes) => this.change((session) => session.change(changes)));
    this.on('toydl-preset', (name) => this.change((session) => session.choosePreset(name)));
    this.on('toydl-data', ({ name, own }) => this.change((session) => session.chooseData(name, own)));
    this.on('toydl-start-over', () => this.change((session) => session.startOver()));
    this.on('toydl-discard', () => this.session?.discard());
    this.on('toydl-go-back', ({ learningRate }) => this.change((session) => session.goBack(learningRate)));
    this.on('toydl-watch', (sample) => this.#watch(sample));
    this.on('toydl-close-notices', () => this.#closeNotices());
    this.on('toydl-save-model', () => void this.#saveModel());
    this.on('toydl-open-model', (file) => void this.#openModel(file));
  }

  /** Shows a session from now on. */
  protected attend(session: Session): void {
    this.session = session;
    session.onChange = (urgent) => {
      this.#urgent ||= urgent;
      this.requestUpdate();
    };
  }

  /** Fetches what these panels need, and has computed what they look at, and no more. */
  protected look(shown: readonly PanelName[]): void {
    const { session } = this;
    if (!session) return;
    this.#shown = shown;
    void fetchPanels(shown).then(() => this.requestUpdate(), () => (this.notices = [words().app.notLoaded]));
    this.#watch(this.#sampleOf === session.settings.dataset ? this.#sample : firstSample);
  }

  /** Updates come with animation frames, so never while the tab is hidden, and no faster than numbers can be read. */
  protected override async scheduleUpdate(): Promise<void> {
    do await new Promise(requestAnimationFrame);
    while (!this.#urgent && performance.now() - this.#updatedAt < calmInterval);
    this.#urgent = false;
    this.#updatedAt = performance.now();
    super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    if (this.session) this.#announce(this.session);
  }

  /** What came up here, and what the session has to tell, unless it was closed. */
  protected get allNotices(): readonly string[] {
    return [...this.notices, ...this.standingNotices.filter((notice) => !this.#closedNotices.has(notice))];
  }

  /** What holds as long as things are as they are. */
  protected get standingNotices(): readonly string[] {
    return this.session ? noticesOf(this.session) : [];
  }

  protected on<Name extends keyof PanelEvents>(name: Name, act: (detail: PanelEvents[Name]) => void): void {
    this.addEventListener(name, (event) => act((event as CustomEvent<PanelEvents[Name]>).detail));
  }

  /** Changes settings; what was said of the former ones is over. */
  protected change(act: (session: Session) => unknown): void {
    if (this.session) act(this.session);
    this.notices = [];
  }

  /** Space plays and pauses, → is one step, E one epoch, R a reset; not where a key means something else. */
  protected readonly onKey = (event: KeyboardEvent): void => {
    const { session } = this;
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

  #closeNotices(): void {
    for (const notice of this.allNotices) this.#closedNotices.add(notice);
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
    this.announcement = `${stopped} ${said.epoch(format.count(epoch), format.count(report.epochs))}${accuracy}`.trim();
  }

  /** The sample that is on screen: only what is looked at is computed. */
  #watch(sample: Watch['sample']): void {
    const { session } = this;
    if (!session) return;
    this.#sample = sample;
    this.#sampleOf = session.settings.dataset;
    const inside = this.#shown.includes('inside');
    session.watch(inside || this.#shown.includes('draw') ? { sample, inside } : undefined);
  }

  async #saveModel(): Promise<void> {
    const session = this.session!;
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
      // Meanwhile the element may be gone.
      const { session } = this;
      session?.openModel(bytes, aboutModel(bytes, session.own));
      this.notices = [opened(file.name)];
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      this.notices = [notOurs(file.name, error.message)];
    }
  }
}

function noticesOf({ storageFails, ownUnstored, revivedAt, restoredAt, place }: Session): string[] {
  const { own, player, problem } = words();
  return [
    ...(place === 'page' ? [player.onPage] : []),
    ...(restoredAt === undefined ? [] : [problem.restored(format.count(restoredAt))]),
    ...(revivedAt === undefined ? [] : [problem.revived(format.count(revivedAt))]),
    ...(storageFails ? [problem.storage] : []),
    ...(ownUnstored && !storageFails ? [own.unstored] : []),
  ];
}

/** One notice, if any, for all that was wrong with an address or an author's attributes. */
export function complaintsInWords(complaints: readonly string[], { notice }: { notice: (complaints: string, more: number) => string }): string[] {
  if (complaints.length === 0) return [];
  const first = complaints.slice(0, 3);
  return [notice(first.join(' '), complaints.length - first.length)];
}
