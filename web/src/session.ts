import { TrainingClient } from 'toydl/training/client';
import type { DataProgress, Digits, Problem, Report, TestReport, TrainingState } from 'toydl/training/protocol';
import { Curve } from './curve.js';
import { runFromSettings } from './run.js';
import { sameValue, settingKeys, settingOf, type Settings } from './settings.js';

/**
 * The page's training: the one TrainingClient, and the latest of everything it said. It knows nothing of the DOM, and it
 * only stores, so that a hidden tab costs nothing; whoever shows it listens to `onChange` and reads.
 */
export class Session {
  settings: Settings;
  state: TrainingState = 'loading';
  data?: DataProgress;
  report?: Report;
  test?: TestReport;
  digits?: Digits;
  /** A download failed; training goes on with what is here, and `retry` may help. */
  downloadProblem?: Problem;
  /** The run cannot go on, for example because it diverged. */
  runProblem?: Problem;
  readonly curves = { loss: new Curve(), trainAccuracy: new Curve(), testAccuracy: new Curve() };
  /** Counts changes of the curves, which change in place. */
  curvesRevision = 0;
  /** The learning rate was changed in the middle of this run, so no single command repeats it. */
  offRecord = false;
  /** Not urgent: numbers and pictures, of which the next ones are already on their way. */
  onChange?: (urgent: boolean) => void;

  readonly #client: TrainingClient;
  /** Counts until the worker says what it really does. */
  #playWhenLoaded: boolean;

  constructor(dataUrl: string, settings: Settings) {
    this.settings = settings;
    this.#playWhenLoaded = settings.autoplay;
    this.#client = new TrainingClient(dataUrl, {
      onData: (progress) => this.#store({ data: progress, downloadProblem: undefined }, { urgent: false }),
      onState: (state) => this.#store({ state }),
      onReport: (report) => this.#onReport(report),
      onTest: (report) => this.#onTest(report),
      onDigits: (digits) => this.#store({ digits }, { urgent: false }),
      onProblem: (problem) => this.#onProblem(problem),
    });
    this.#client.configure(runFromSettings(settings), { play: settings.autoplay });
  }

  get playing(): boolean {
    if (this.state === 'loading') return this.#playWhenLoaded;
    return this.state === 'running' || this.state === 'waiting';
  }

  /** For a while now, and not only at the start, the model has been about as right as chance: one in ten. */
  get guessing(): boolean {
    const latest = this.curves.trainAccuracy.ys.slice(-10);
    return (this.report?.epoch ?? 0) > 0.5 && latest.length === 10 && latest.every((accuracy) => accuracy < 0.2);
  }

  /** Goes on; a run that is at its end or that failed starts again. */
  play(): void {
    if (this.state === 'done' || this.state === 'failed') return this.reset({ play: true });
    this.#playWhenLoaded = true;
    this.#client.play();
    this.#changed();
  }

  pause(): void {
    this.#playWhenLoaded = false;
    this.#client.pause();
    this.#changed();
  }

  /** One batch, then a pause. */
  step(): void {
    if (this.state === 'done' || this.state === 'failed') return;
    this.#playWhenLoaded = false;
    this.#client.step();
    this.#changed();
  }

  reset({ play }: { play: boolean } = { play: this.playing }): void {
    this.#playWhenLoaded = play;
    this.#startOver();
    this.#client.reset({ play });
    this.#changed();
  }

  retry(): void {
    this.#store({ downloadProblem: undefined });
    this.#client.retry();
  }

  /**
   * Changes settings; the run is built anew only if one of them needs it. It then plays on if it was playing, or had
   * played to its end: whoever changes a setting wants to see what it does.
   */
  apply(settings: Settings): void {
    const changed = settingKeys.filter((key) => !sameValue(key, settings[key], this.settings[key]));
    const { playing, state } = this;
    this.settings = settings;
    if (changed.some((key) => settingOf(key).rebuilds)) {
      this.#startOver();
      this.#client.configure(runFromSettings(settings), { play: playing || state === 'done' });
    } else if (changed.includes('learningRate')) {
      this.offRecord ||= playing || (this.report?.step ?? 0) > 0;
      this.#client.setLearningRate(settings.learningRate);
    }
    this.#changed();
  }

  #startOver(): void {
    this.offRecord = false;
    this.runProblem = undefined;
  }

  #onReport(report: Report): void {
    // Reports of the run before may still be under way after a reset: step 0 is where the new one begins.
    if (report.step === 0 || report.step < (this.report?.step ?? 0)) this.#forgetRun();
    if (isNumber(report.loss)) this.curves.loss.add(report.epoch, report.loss);
    if (isNumber(report.trainAccuracy)) this.curves.trainAccuracy.add(report.epoch, report.trainAccuracy);
    this.#store({ report, curvesRevision: this.curvesRevision + 1 }, { urgent: false });
  }

  #onTest(test: TestReport): void {
    this.curves.testAccuracy.add(test.epoch, test.accuracy);
    this.#store({ test, curvesRevision: this.curvesRevision + 1 }, { urgent: false });
  }

  #onProblem(problem: Problem): void {
    if (problem.retry) return this.#store({ downloadProblem: problem });
    this.#store({ runProblem: problem });
    // A worker that has died cannot say so.
    if (problem.code === 'worker') this.#store({ state: 'failed' });
  }

  #forgetRun(): void {
    this.test = undefined;
    for (const curve of Object.values(this.curves)) curve.clear();
  }

  #store(news: Partial<Session>, { urgent } = { urgent: true }): void {
    Object.assign(this, news);
    this.onChange?.(urgent);
  }

  #changed(): void {
    this.onChange?.(true);
  }
}

/** Neither absent nor, in a run that diverges, infinite. */
const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);
