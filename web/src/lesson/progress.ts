import type { Report } from 'toydl/training/protocol';
import type { News } from '../session.js';
import { GoalWatch } from './goal.js';
import type { Lesson, LessonStep } from './lesson.js';

/** Where somebody is in a lesson, and what was brought about of it. */
export class LessonProgress {
  readonly lesson: Lesson;
  /** The steps whose goals were reached. */
  readonly reached = new Set<number>();
  #step = 0;
  #watch?: GoalWatch;

  /** At its first step. @param report where training is, if it is anywhere yet */
  constructor(lesson: Lesson, report?: Report) {
    this.lesson = lesson;
    this.go(0, report);
  }

  /** Counted from 0. */
  get step(): number {
    return this.#step;
  }

  get current(): LessonStep {
    return this.lesson.steps[this.#step]!;
  }

  /** Whether the run is beyond the limit of the goal. */
  get isMissed(): boolean {
    return this.#watch?.isMissed ?? false;
  }

  go(step: number, report?: Report): void {
    this.#step = step;
    const { goal } = this.current;
    this.#watch = goal && new GoalWatch(goal, report);
  }

  /** Hears what happens. Returns whether the goal has been reached just now. */
  hear(news: News): boolean {
    const isReached = this.#watch?.hear(news) ?? false;
    if (isReached) this.reached.add(this.#step);
    return isReached;
  }
}
