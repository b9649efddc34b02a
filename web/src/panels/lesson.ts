import { html, nothing, svg, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { count } from '../format.js';
import { icon } from '../icon.js';
import { goalInWords } from '../lesson/goal-in-words.js';
import { paragraphsOf, type Lesson, type LessonStep } from '../lesson/lesson.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

const open = svg`<path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1m0 1.75a5.25 5.25 0 1 1 0 10.5 5.25 5.25 0 0 1 0-10.5"/>`;
const done = svg`<path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1m3.6 4.1 1.2 1.3-5.7 5.6-3.3-3.2L5 7.5l2.1 2z"/>`;

/** `<toydl-lesson>`: one step of a lesson, its goal, and the ways to the others. Which step it is, and what was reached, is for others to say. */
export class ToydlLesson extends LightElement {
  static override properties = {
    lesson: { attribute: false },
    step: { attribute: false },
    // The set may be the same one as before, with one more in it.
    reached: { attribute: false, hasChanged: () => true },
    isMissed: { attribute: false },
  };
  declare lesson?: Lesson;
  /** Counted from 0. */
  declare step: number;
  /** The steps whose goals were reached. */
  declare reached: ReadonlySet<number>;
  /** The goal of this step can be reached no more in this run. */
  declare isMissed: boolean;
  #goesOn = false;

  constructor() {
    super();
    this.step = 0;
    this.reached = new Set();
    this.isMissed = false;
  }

  override render() {
    const { lesson, step } = this;
    const current = lesson?.steps[step];
    if (!lesson || !current) return nothing;
    const said = words().lesson;
    const progress = said.progress(count(step + 1), count(lesson.steps.length));
    const isLast = step === lesson.steps.length - 1;
    return html`<section class="card lesson" part="lesson" aria-label=${lesson.title ?? said.label}>
      <div class="lesson-head">
        ${lesson.title ? html`<h2>${lesson.title}</h2>` : nothing}
        <p class="muted" data-testid="lesson-progress">${progress}</p>
      </div>
      <progress aria-hidden="true" max=${lesson.steps.length} .value=${step + 1}></progress>
      ${keyed(current, html`
        <h3 tabindex="-1" class=${current.title ? '' : 'visually-hidden'}>${current.title ?? progress}</h3>
        ${paragraphsOf(current.text).map((paragraph) => html`<p>${paragraph}</p>`)}
        ${this.#goal(current)}`)}
      <div class="lesson-ways">
        ${step > 0 ? html`<button type="button" part="lesson-back" @click=${() => this.#go(step - 1)}>${said.back}</button>` : nothing}
        ${isLast
          ? html`<p class="muted" data-testid="lesson-end">${said.end}</p>`
          : html`<button type="button" part="lesson-next" class=${this.#isDone(current) ? 'primary' : ''} @click=${() => this.#go(step + 1)}>${said.next}</button>`}
      </div>
    </section>`;
  }

  /** Whoever goes on reads on there; the button is perhaps no more. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('step') || !this.#goesOn) return;
    this.#goesOn = false;
    this.querySelector('h3')?.focus();
  }

  #isDone({ goal }: LessonStep): boolean {
    return !goal || this.reached.has(this.step);
  }

  #goal({ goal }: LessonStep) {
    if (!goal) return nothing;
    const { goal: wanted, reached, missed } = words().lesson;
    const aim = goalInWords(goal);
    const isReached = this.reached.has(this.step);
    return html`<div class=${isReached ? 'goal reached' : 'goal'} part="goal" role="status" data-testid="goal">
      ${icon(isReached ? done : open)}
      <p><strong>${isReached ? reached(aim) : wanted(aim)}</strong>${isReached && goal.praise ? html` ${goal.praise}` : nothing}${this.isMissed && !isReached ? html` ${missed}` : nothing}</p>
    </div>`;
  }

  #go(step: number): void {
    this.#goesOn = true;
    this.emit('toydl-lesson-step', step);
  }
}

define('toydl-lesson', ToydlLesson);
