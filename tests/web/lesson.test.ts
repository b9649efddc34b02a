import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report, TestReport } from '../../wasm/src/training/protocol.js';
import { settingsFrom } from '../../web/src/embed/attributes.js';
import { GoalWatch } from '../../web/src/lesson/goal.js';
import { LessonProgress } from '../../web/src/lesson/progress.js';
import { lessonFrom, lessonFromText, paragraphsOf, settingsAt } from '../../web/src/lesson/lesson.js';

// What a lesson may be, and when its goals are reached.

const lessons = new URL('../../web/lessons/', import.meta.url);

test.each(readdirSync(lessons))('%s is a lesson, and all that it sets can be set', (name) => {
  const lesson = lessonFromText(readFileSync(new URL(name, lessons), 'utf8'));
  for (const step of lesson.steps.keys()) {
    const complaints: string[] = [];
    settingsFrom(settingsAt(lesson, step), complaints);
    expect(complaints).toEqual([]);
  }
});

test('in JSON a number, true and a list of layers are what the attribute would be as a text', () => {
  const settings = { 'learning-rate': 0.1, autoplay: true, layers: [{ type: 'Linear', inFeatures: 784, outFeatures: 10 }] };
  const complaints: string[] = [];
  expect(settingsFrom(settingsAt(lessonFrom({ steps: [{ text: 'a', settings }] }), 0), complaints)).toMatchObject({ learningRate: 0.1, autoplay: true, layers: settings.layers });
  expect(complaints).toEqual([]);
});

test('what a step sets holds until another one sets it', () => {
  const lesson = { steps: [{ text: 'a', settings: { epochs: '3', seed: '1' } }, { text: 'b' }, { text: 'c', settings: { seed: '2' } }] };
  expect([0, 1, 2].map((step) => settingsAt(lesson, step))).toEqual([{ epochs: '3', seed: '1' }, { epochs: '3', seed: '1' }, { epochs: '3', seed: '2' }]);
});

test.each([
  { value: null, says: /must be an object/ },
  { value: { steps: [] }, says: /steps must be a list \[ … \] of 1 to 50/ },
  { value: { steps: [{ text: 'a' }, {}] }, says: /step 2.*text is missing/ },
  { value: { steps: [{ text: 'a', html: '<b>' }] }, says: /step 1.*“html” is unknown/ },
  { value: { steps: [{ text: 'a'.repeat(4001) }] }, says: /at most 4000 characters/ },
  { value: { steps: [{ text: 'a', goal: { accuracy: 95 } }] }, says: /step 1: goal: accuracy must be a number from 0 to 1, not 95/ },
  { value: { steps: [{ text: 'a', goal: { accuracy: 0.9, diverge: true } }] }, says: /must have one of/ },
  { value: { steps: [{ text: 'a', goal: {} }] }, says: /must have one of/ },
  { value: { steps: [{ text: 'a', settings: { learning_rate: '0.1' } }] }, says: /step 1: settings: “learning_rate” is unknown; there may be .*learning-rate/ },
  { value: { steps: [{ text: 'a', settings: { 'data-url': 'https://elsewhere/' } }] }, says: /is unknown/ },
  { value: { steps: [{ text: 'a', settings: { layers: 'x'.repeat(2001) } }] }, says: /step 1: settings: layers must be a text in quotation marks, of at most 2000/ },
  { value: { steps: [{ text: 'a', goal: { accuracy: 0.9, within: { steps: 5 } } }] }, says: /step 1: goal: within must be epochs/ },
])('what is none is refused with its place: $says', ({ value, says }) => {
  expect(() => lessonFrom(value)).toThrow(says);
});

test('what is no JSON is refused, and blank lines part paragraphs', () => {
  expect(() => lessonFromText('{')).toThrow(/it is not JSON/);
  expect(paragraphsOf('one\nline\n\n  \ntwo ')).toEqual(['one\nline', 'two']);
});

const report = (run: number, step: number): Report => ({ run, step, stepsPerEpoch: 10, samplesPerEpoch: 640, epoch: step / 10, epochs: 5, loss: 1, samplesPerSecond: 1, hash: '' });
const measured = (epoch: number, accuracy: number, loss = 1): TestReport => ({ run: 0, step: epoch * 10, epoch, loss, accuracy, samples: 100, confusion: new Uint32Array(100) });

describe('a goal is reached once', () => {
  test('accuracy and loss of the test samples', () => {
    const accuracy = new GoalWatch({ accuracy: 0.95 });
    expect([0.94, NaN, 0.95, 0.99].map((value) => accuracy.hear({ test: measured(1, value) }))).toEqual([false, false, true, false]);
    const loss = new GoalWatch({ loss: 0.2 });
    expect([0.3, NaN, 0.2].map((value) => loss.hear({ test: measured(1, 0.5, value) }))).toEqual([false, false, true]);
  });

  test('steps and epochs count from where it was set, or from the start of a later run', () => {
    const steps = new GoalWatch({ steps: 5 }, report(0, 100));
    expect([report(0, 104), report(1, 0), report(1, 4), report(1, 5)].map((it) => steps.hear({ report: it }))).toEqual([false, false, false, true]);
    const epochs = new GoalWatch({ epochs: 2 });
    expect([report(0, 0), report(0, 19), report(0, 20)].map((it) => epochs.hear({ report: it }))).toEqual([false, false, true]);
  });

  test('a step of a lesson counts from where training is when it is shown', () => {
    const lesson = { steps: [{ text: 'a', goal: { steps: 2 } }, { text: 'b', goal: { steps: 2 } }] };
    const progress = new LessonProgress(lesson, report(0, 0));
    expect([report(0, 1), report(0, 2), report(0, 7)].map((it) => progress.hear({ report: it }))).toEqual([false, true, false]);
    progress.go(1, report(0, 7));
    expect([report(0, 8), report(0, 9)].map((it) => progress.hear({ report: it }))).toEqual([false, true]);
    expect([...progress.reached]).toEqual([0, 1]);
  });

  test('a divergence, and nothing else that goes wrong', () => {
    const diverge = new GoalWatch({ diverge: true });
    expect(['load', 'diverged', 'diverged'].map((code) => diverge.hear({ problem: { code, message: '', retry: false } }))).toEqual([false, true, false]);
  });

  test('not after its limit', () => {
    const late = new GoalWatch({ accuracy: 0.9, within: { epochs: 2 } });
    expect([measured(3, 0.95), measured(2, 0.95)].map((test) => [late.hear({ test }), late.isMissed])).toEqual([[false, true], [true, false]]);
  });
});
