import { TrainingClient } from 'toydl/training/client';
import type {
  Boundary, DataProgress, DatasetInfo, DataSource, Digits, OwnSamples, Problem, Question, Questions, Report, TestReport, TrainingState, Watch, Watched,
} from 'toydl/training/protocol';
import type { Place, TrainingThread } from 'toydl/training/thread';
import { isOfThisArithmetic } from './arithmetic.js';
import { misfit, type Build } from './build.js';
import { isLikeChance } from './chance.js';
import { dataOf, datasetNames, isPlane, type Data, type DatasetName } from './datasets.js';
import { Curves, curveNames, remembered, type EarlierRun } from './history.js';
import { Keeper, type RunToKeep } from './keeper.js';
import type { ModelAbout } from './model-file.js';
import { networkFor } from './network-for-data.js';
import { presetFor, type PresetName } from './presets.js';
import { runFromSettings } from './run.js';
import { hashFromSettings, needsRebuild, sameValue, settingKeys, settingOf, settingsFromHash, type Settings } from './settings.js';
import type { SavedRun, Storage } from './storage.js';

export interface SessionOptions {
  /** Where a data set is; `own` are the user's samples, if there are any. */
  sourceOf: (name: DatasetName, own?: OwnSamples) => DataSource;
  /** Where training is done. */
  thread: TrainingThread;
  /** The data sets to choose from; all if left out. */
  offered?: readonly DatasetName[];
  /** Where runs survive the page; nowhere if left out. */
  storage?: Storage;
  /** A run of an earlier visit, to go on with. */
  saved?: SavedRun;
  own?: OwnSamples;
}

/** What happened to a run, for those who want each report and not only the latest. */
export type News = { report: Report } | { test: TestReport } | { problem: Problem };

/**
 * The page's training: the one TrainingClient, and the latest of everything it said. It knows nothing of the DOM, and it
 * only stores, so that a hidden tab costs nothing; whoever shows it listens to `onChange` and reads.
 */
export class Session {
  /** Those of the run. */
  settings: Settings;
  /** Those that wait for the run to be started over, or for the layers to fit. */
  draft?: Settings;
  /** What the layers of the draft, or else of the run, make of a sample. */
  build?: Build;
  state: TrainingState = 'loading';
  data?: DataProgress;
  dataset?: DatasetInfo;
  report?: Report;
  test?: TestReport;
  digits?: Digits;
  watched?: Watched;
  boundary?: Boundary;
  /** The user's own samples, as the forms show them. */
  own?: OwnSamples;
  /** A download failed; training goes on with what is here, and `retry` may help. */
  downloadProblem?: Problem;
  /** The run cannot go on, for example because it diverged. */
  runProblem?: Problem;
  /** Where training is done, once that is known. */
  place?: Place;
  /** The worker was replaced by another one, which went on from this step. */
  revivedAt?: number;
  /** The run was there when the page was opened, at this step. */
  restoredAt?: number;
  curves = new Curves();
  earlier: EarlierRun[] = [];
  /** Counts changes of the curves, which change in place. */
  curvesRevision = 0;
  /** The learning rate was changed in the middle of this run, so no single command repeats it. */
  offRecord = false;
  /** Not urgent: numbers and pictures, of which the next ones are already on their way. */
  onChange?: (urgent: boolean) => void;
  onNews?: (news: News) => void;
  readonly offered: readonly DatasetName[];

  readonly #client: TrainingClient;
  readonly #sourceOf: SessionOptions['sourceOf'];
  readonly #keeper: Keeper;
  /** Those that were there when the run began. */
  #ownOfRun?: OwnSamples;
  #run = 0;
  #buildAsked = 0;
  #buildAnswered = 0;
  #dataAsked = 0;
  #watch?: Watch;
  /** That with which the run began, if it was changed since. */
  #firstLearningRate?: number;
  /** Another worker has not reported yet. */
  #isReviving = false;
  /** What the visitor wants, whatever the worker does at the moment. */
  #wantsToPlay: boolean;

  constructor(settings: Settings, { sourceOf, thread, offered = datasetNames, storage, saved, own }: SessionOptions) {
    const source = sourceOf(settings.dataset, own);
    this.settings = settings;
    this.offered = offered;
    this.own = own;
    this.#ownOfRun = own;
    this.#sourceOf = sourceOf;
    this.#keeper = new Keeper(storage, () => this.#runToKeep, () => this.#changed());
    this.#wantsToPlay = saved?.playing ?? settings.autoplay;
    this.#client = new TrainingClient({
      onData: (progress) => this.#store({ data: progress, downloadProblem: undefined }, { urgent: false }),
      onDataset: (dataset) => this.#store({ dataset }),
      onState: (state) => this.#store({ state }),
      onReport: (report) => this.#onReport(report),
      onTest: (report) => this.#onTest(report),
      onDigits: (digits) => this.#store({ digits }, { urgent: false }),
      onWatched: (watched) => {
        // What was said of a sample before somebody went on to another is passed over.
        if (isSameSample(watched.watch.sample, this.#watch?.sample)) this.#store({ watched }, { urgent: false });
      },
      onBoundary: (boundary) => this.#store({ boundary }, { urgent: false }),
      onCheckpoint: (checkpoint) => this.#keeper.keep(checkpoint),
      onEnded: () => {
        // Unless somebody has it pause since.
        if (this.#wantsToPlay) this.reset({ play: true });
      },
      onProblem: (problem) => this.#onProblem(problem),
      onPlace: (place) => this.#store({ place }),
      onRevived: () => this.#onRevived(),
    }, thread);
    this.#client.load(source);
    if (saved) this.#restoreCurves(saved);
    this.#configure({ play: this.#wantsToPlay, ...(saved && { checkpoint: saved.checkpoint }) });
    if (isPlane(this.dataOfRun)) this.#client.watchBoundary(true);
    void this.#outline();
  }

  get playing(): boolean {
    if (this.state === 'loading') return this.#wantsToPlay;
    return this.state === 'running' || this.state === 'waiting' || this.state === 'queued';
  }

  /** Those that the forms show. */
  get wanted(): Settings {
    return this.draft ?? this.settings;
  }

  /** What is known of the data that the forms show. */
  get known(): Data {
    return dataOf(this.wanted.dataset, this.own);
  }

  /** What is known of the data that the run learns from. */
  get dataOfRun(): Data {
    return dataOf(this.settings.dataset, this.#ownOfRun);
  }

  /** For a while now, and not only at the start, the model has been about as right as chance. */
  get guessing(): boolean {
    const latest = this.curves.trainAccuracy.ys.slice(-10);
    const { classes } = this.dataOfRun;
    return (this.report?.epoch ?? 0) > 0.5 && latest.length === 10 && latest.every((accuracy) => isLikeChance(accuracy, classes));
  }

  /** Samples of the user's own wait to take the place of others of the user's own. */
  get otherSamplesWait(): boolean {
    return this.draft?.dataset === 'own' && this.settings.dataset === 'own' && this.own !== this.#ownOfRun;
  }

  /** Nothing is stored here. */
  get storageFails(): boolean {
    return this.#keeper.fails;
  }

  /** The user's own samples are not stored here. */
  get ownUnstored(): boolean {
    return this.#keeper.ownFails;
  }

  /** The sample that is watched, as soon as there is something to say of it. */
  get asked(): Watch['sample'] | undefined {
    return this.#watch?.sample;
  }

  /** There is no worker and none will come: nothing but another session helps. */
  get isOver(): boolean {
    return this.runProblem?.code === 'worker';
  }

  /** Also while a run of before is still on its way back. */
  get stepsDone(): number {
    return this.report?.step ?? this.restoredAt ?? 0;
  }

  /** The run has steps that a change of some settings would throw away. */
  get hasProgress(): boolean {
    return this.stepsDone > 0;
  }

  /** A learning rate with which a run that diverged may go better: that with which it began, or less. */
  get saferLearningRate(): number {
    const { learningRate } = this.settings;
    const first = this.#firstLearningRate ?? learningRate;
    return first < learningRate ? first : Number(Math.min(learningRate / 10, 0.1).toPrecision(2));
  }

  /** Goes on; a run that is at its end or that failed starts again. */
  play(): void {
    if (this.state === 'done' || this.state === 'failed') return this.reset({ play: true });
    this.#wantsToPlay = true;
    this.#client.play();
    this.#changed();
  }

  pause(): void {
    this.#wantsToPlay = false;
    this.#client.pause();
    this.#changed();
  }

  /** One batch, then a pause. */
  step(): void {
    if (this.state === 'done' || this.state === 'failed') return;
    this.#wantsToPlay = false;
    this.#client.step();
    this.#changed();
  }

  /** To the end of the epoch, then a pause. */
  epoch(): void {
    if (this.state === 'done' || this.state === 'failed') return;
    this.#wantsToPlay = false;
    this.#client.epoch();
    this.#changed();
  }

  reset({ play }: { play: boolean } = { play: this.playing }): void {
    if (this.isOver) return;
    this.#wantsToPlay = play;
    this.#beginRun();
    this.#client.reset({ run: this.#run, play });
    this.#changed();
  }

  /** After a divergence: back to where all was well. */
  goBack(learningRate: number): void {
    const step = this.runProblem?.goodStep;
    if (step === undefined) return;
    this.#firstLearningRate ??= this.settings.learningRate;
    this.settings = { ...this.settings, learningRate };
    this.runProblem = undefined;
    this.offRecord = true;
    this.#wantsToPlay = true;
    this.#cutCurves(step);
    this.#client.goBack({ run: this.#run, learningRate });
    this.#changed();
  }

  retry(): void {
    this.#store({ downloadProblem: undefined });
    this.#client.retry();
    void this.#outline();
  }

  /**
   * Changes settings. Those that do not need a rebuild act at once, unless they come together with one that does: a preset's learning
   * rate is for the preset's network. The others do so too where nothing would be thrown away; else they wait in `draft` for
   * `startOver`, unless that is asked for.
   * @param otherSamples `own` has just got other samples, which is a change too
   */
  change(changes: Partial<Settings>, { startOver = !this.hasProgress, otherSamples = false } = {}): void {
    const wanted = { ...this.wanted, ...changes };
    if (!otherSamples && !needsRebuild(this.wanted, wanted)) {
      // What waits in the draft already is no change.
      const live = settingKeys.filter((key) => key in changes && !settingOf(key).rebuilds && !sameValue(key, this.wanted[key], wanted[key]));
      this.#changeLive({ ...this.settings, ...Object.fromEntries(live.map((key) => [key, wanted[key]])) });
      if (this.draft) this.draft = wanted;
      return this.#changed();
    }
    const waits = needsRebuild(this.settings, wanted) || this.#isOtherData(wanted);
    if (!waits) this.#changeLive(wanted);
    this.draft = waits ? wanted : undefined;
    this.#changed();
    void this.#outline({ thenStart: startOver });
  }

  /**
   * Changes settings of the run at once, whatever becomes of the run, and even if the layers do not fit, as those do that it begins with.
   * @param play whether to train; as before if left out, and not if that run was at its end
   */
  set(changes: Partial<Settings>, { play }: { play?: boolean | undefined } = {}): void {
    const settings = { ...this.settings, ...changes };
    this.#dataAsked++;
    if (needsRebuild(this.settings, settings) || this.#isOtherData(settings)) {
      this.#begin(settings, { play: play ?? this.playing });
    } else {
      this.#changeLive(settings);
      if (this.draft) this.draft = { ...this.draft, ...changes };
      if (play) this.play();
      else if (play === false) this.pause();
    }
    this.#changed();
    void this.#outline();
  }

  /** A preset's network, with what trains it well. */
  choosePreset(name: PresetName): void {
    const preset = presetFor(name, this.known);
    if (preset) this.change(preset);
  }

  /** Other data, and of the network what must change for it. */
  async chooseData(dataset: Settings['dataset'], own = this.own): Promise<void> {
    const asked = ++this.#dataAsked;
    const changes = await networkFor(dataOf(dataset, own), this.known, this.wanted.layers, (ask) => this.ask('outline', ask));
    if (asked !== this.#dataAsked) return;
    const otherSamples = own !== this.own;
    this.own = own;
    this.change({ dataset, ...changes }, { otherSamples });
  }

  /** Throws the run away for the settings that wait. */
  startOver(): void {
    const { draft } = this;
    if (!draft || this.build?.problem) return;
    // Whether they fit is not known yet.
    if (this.#buildAsked !== this.#buildAnswered) return void this.#outline({ thenStart: true });
    this.#begin(draft, { play: this.#trains });
    this.#changed();
  }

  discard(): void {
    this.draft = undefined;
    this.own = this.#ownOfRun;
    this.#changed();
    void this.#outline();
  }

  /** Follows a sample while training goes on. */
  watch(watch?: Watch): void {
    this.#watch = watch;
    this.#client.watch(watch);
  }

  /** Asks the worker. A function of its own, for panels to hold. */
  readonly ask = <Name extends Question>(question: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']> => this.#client.ask(question, ask);

  /** The model with everything that its training needs, as a file; the settings are in it. */
  saveModel(): Promise<Uint8Array<ArrayBuffer>> {
    const about: ModelAbout = { ...runFromSettings(this.settings), settings: hashFromSettings(this.settings), offRecord: this.offRecord };
    return this.ask('checkpoint', { about: JSON.stringify(about) });
  }

  /** Goes on with a model from a file, paused. */
  openModel(checkpoint: Uint8Array, { settings, offRecord }: { settings: Settings; offRecord: boolean }): void {
    this.#begin({ ...settings, view: this.settings.view }, { play: false, checkpoint });
    this.offRecord = offRecord;
    this.#dataAsked++;
    this.#changed();
    void this.#outline();
  }

  /** Ends training, and forgets whoever listens. */
  dispose(): void {
    this.#keeper.dispose();
    this.onChange = this.onNews = undefined;
    this.#client.dispose();
  }

  #changeLive(settings: Settings): void {
    if (settings.learningRate !== this.settings.learningRate) {
      this.offRecord ||= this.playing || this.hasProgress;
      if (this.hasProgress) this.#firstLearningRate ??= this.settings.learningRate;
      this.#client.setLearningRate(settings.learningRate);
      this.#keeper.keepSoon();
    }
    this.settings = settings;
  }

  /** Whether settings are of other data than the run's. */
  #isOtherData({ dataset }: Settings): boolean {
    return dataset !== this.settings.dataset || (dataset === 'own' && this.own !== this.#ownOfRun);
  }

  #loadData(): void {
    this.state = 'loading';
    this.#set({ data: undefined, dataset: undefined, downloadProblem: undefined, digits: undefined, watched: undefined, boundary: undefined });
    if (this.own && this.own !== this.#ownOfRun) void this.#keeper.keepOwn(this.own);
    this.#ownOfRun = this.own;
    this.#client.load(this.#sourceOf(this.settings.dataset, this.own));
    // Only now: the model of before may have other inputs.
    this.#client.watchBoundary(isPlane(this.dataOfRun));
    // The sample that was watched has gone with the former data.
    if (this.#watch) this.watch({ ...this.#watch, sample: { kind: 'test', index: 0 } });
  }

  #configure({ play, checkpoint }: { play: boolean; checkpoint?: Uint8Array }): void {
    this.#wantsToPlay = play;
    this.#client.configure(runFromSettings(this.settings), { run: this.#run, play, ...(checkpoint && { checkpoint }) });
  }

  /** Whoever changes a setting when training is done wants to see what it does. */
  get #trains(): boolean {
    return this.playing || this.state === 'done';
  }

  /** Another run, with these settings. */
  #begin(settings: Settings, how: { play: boolean; checkpoint?: Uint8Array }): void {
    if (this.isOver) return;
    const otherData = this.#isOtherData(settings);
    this.#beginRun();
    this.settings = settings;
    this.draft = undefined;
    if (otherData) this.#loadData();
    this.#configure(how);
  }

  /** Another run from here on; the one before is remembered if it came to anything. */
  #beginRun(): void {
    if (this.hasProgress) {
      const { settings, curves } = this;
      this.earlier = remembered(this.earlier, { settings: { ...settings, learningRate: this.#firstLearningRate ?? settings.learningRate }, curves });
    }
    this.#firstLearningRate = undefined;
    this.#isReviving = false;
    this.#keeper.forget();
    this.#run++;
    this.#set({ curves: new Curves(), report: undefined, test: undefined, runProblem: undefined, restoredAt: undefined, revivedAt: undefined });
    this.curvesRevision++;
    this.offRecord = false;
  }

  /** What the wanted layers make of a sample; then starts over with them, if that was the intention and they fit. */
  async #outline({ thenStart = false } = {}): Promise<void> {
    const asked = ++this.#buildAsked;
    const { layers } = this.wanted;
    const { inputs, classes } = this.known;
    const outline = await this.ask('outline', { layers: [...layers], inputShape: [inputs] }).catch(() => undefined);
    if (asked !== this.#buildAsked || !outline) return;
    this.#buildAnswered = asked;
    this.build = { ...outline, ...(!outline.problem && { problem: misfit(outline, classes) }) };
    if (thenStart && this.draft) this.startOver();
    this.#changed();
  }

  #onReport(report: Report): void {
    if (this.#isReviving) {
      this.#isReviving = false;
      this.#cutCurves(report.step, report.stepsPerEpoch);
      this.revivedAt = report.step;
    }
    if (isNumber(report.loss)) this.curves.loss.add(report.epoch, report.loss);
    if (isNumber(report.trainAccuracy)) this.curves.trainAccuracy.add(report.epoch, report.trainAccuracy);
    this.#store({ report, curvesRevision: this.curvesRevision + 1 }, { urgent: false });
    this.onNews?.({ report });
  }

  #onTest(test: TestReport): void {
    if (isNumber(test.loss)) this.curves.testLoss.add(test.epoch, test.loss);
    this.curves.testAccuracy.add(test.epoch, test.accuracy);
    this.#store({ test, curvesRevision: this.curvesRevision + 1 }, { urgent: false });
    this.onNews?.({ test });
  }

  #onProblem(problem: Problem): void {
    this.#store(problem.retry ? { downloadProblem: problem } : { runProblem: problem });
    // A worker that has died cannot say so.
    if (problem.code === 'worker') this.#store({ state: 'failed' });
    this.onNews?.({ problem });
  }

  #onRevived(): void {
    this.#isReviving = true;
    // Its answer may have been lost.
    void this.#outline({ thenStart: !this.hasProgress });
  }

  #cutCurves(step: number, stepsPerEpoch = this.report?.stepsPerEpoch ?? 1): void {
    const epoch = step / stepsPerEpoch;
    for (const name of curveNames) this.curves[name].cutAfter(epoch);
    this.curvesRevision++;
  }

  #restoreCurves({ curves, earlier, step, offRecord, checkpoint }: SavedRun): void {
    this.curves = Curves.fromJSON(curves);
    this.earlier = earlier.map((run) => ({ settings: settingsFromHash(run.hash).settings, curves: Curves.fromJSON(run.curves) }));
    this.offRecord = offRecord || !isOfThisArithmetic(checkpoint);
    this.restoredAt = step;
  }

  get #runToKeep(): RunToKeep {
    return {
      hash: hashFromSettings(this.settings),
      playing: this.#wantsToPlay,
      curves: this.curves.toJSON(),
      earlier: this.earlier.map(({ settings, curves }) => ({ hash: hashFromSettings(settings), curves: curves.toJSON() })),
      offRecord: this.offRecord,
    };
  }

  #set(news: Partial<Session>): void {
    Object.assign(this, news);
  }

  #store(news: Partial<Session>, { urgent } = { urgent: true }): void {
    this.#set(news);
    this.onChange?.(urgent);
  }

  #changed(): void {
    this.onChange?.(true);
  }
}

/** Drawings are all one: they follow each other as they are drawn. */
const isSameSample = (a: Watch['sample'], b: Watch['sample'] | undefined): boolean =>
  a.kind === 'test' ? b?.kind === 'test' && b.index === a.index : b?.kind === 'values';

/** Neither absent nor, in a run that diverges, infinite. */
const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);
