import type { Problem, Report, TestReport } from 'toydl/training/protocol';
import { isLikeChance } from '../chance.js';
import type { News } from '../session.js';

/** What is to be brought about: one of these. */
export type Aim =
  /** At least this share of the test samples is right. */
  | { accuracy: number }
  /** The loss over the test samples is at most this. That of the training samples jumps about from batch to batch. */
  | { loss: number }
  /** The numbers leave what a float can hold, or are about to. */
  | { diverge: true }
  /** After half an epoch, the network is about as often right as chance would be. */
  | { guess: true }
  /** So many epochs, or steps, are trained, counted from where training was when the goal was set, or in a later run from its start. */
  | { epochs: number }
  | { steps: number };

/** How far a run may be, from its start, when its goal is reached. */
export type Limit = { epochs: number } | { steps: number };

/** The goal of a step of a lesson. */
export type Goal = Aim & {
  within?: Limit;
  /** What to say when it is reached. */
  praise?: string;
};

/** Where a run is. */
interface Place {
  step: number;
  epoch: number;
}

/**
 * Watches training until a goal is reached. It hears all that happens; each time it answers whether the goal has been reached just now, so
 * true is its answer once.
 */
export class GoalWatch {
  readonly #goal: Goal;
  /** Once reached it stays so, whatever later runs do. */
  #isReached = false;
  #run?: number;
  /** The step from which steps are counted. */
  #from = 0;
  #place: Place = { step: 0, epoch: 0 };

  /** @param report where training is, if it is anywhere yet */
  constructor(goal: Goal, report?: Report) {
    this.#goal = goal;
    if (!report) return;
    this.#run = report.run;
    this.#from = report.step;
    this.#place = report;
  }

  hear(news: News): boolean {
    if ('report' in news) return this.#report(news.report);
    return 'test' in news ? this.#test(news.test) : this.#problem(news.problem);
  }

  #report(report: Report): boolean {
    const { run, step, stepsPerEpoch } = report;
    // A run reports before its first step. It may also go back to a state that it was in before.
    this.#from = run === this.#run ? Math.min(this.#from, step) : step;
    this.#run = run;
    this.#place = report;
    const goal = this.#goal;
    const trained = step - this.#from;
    return this.#reach(('steps' in goal && trained >= goal.steps) || ('epochs' in goal && trained / stepsPerEpoch >= goal.epochs));
  }

  #test(report: TestReport): boolean {
    this.#place = report;
    const goal = this.#goal;
    const { accuracy, loss, epoch, confusion } = report;
    if ('accuracy' in goal) return this.#reach(accuracy >= goal.accuracy);
    if ('loss' in goal) return this.#reach(loss <= goal.loss);
    return this.#reach('guess' in goal && epoch > 0.5 && isLikeChance(accuracy, Math.sqrt(confusion.length)));
  }

  #problem({ code }: Problem): boolean {
    return this.#reach('diverge' in this.#goal && code === 'diverged');
  }

  /** Whether it can be reached no more in this run. */
  get isMissed(): boolean {
    return !this.#isReached && this.#isLate;
  }

  #reach(isThere: boolean): boolean {
    if (!isThere || this.#isReached || this.#isLate) return false;
    this.#isReached = true;
    return true;
  }

  get #isLate(): boolean {
    const { within } = this.#goal;
    if (!within) return false;
    return 'steps' in within ? this.#place.step > within.steps : this.#place.epoch > within.epochs;
  }
}
