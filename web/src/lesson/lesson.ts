import { settingNames } from '../embed/names.js';
import { list, name, number, object, text, wholeNumber, yes, type Check } from './checks.js';
import type { Goal, Limit } from './goal.js';

/** What an author tells beside a playground: one step after another, each with something to read, and perhaps to bring about. */
export interface Lesson {
  title?: string;
  steps: LessonStep[];
}

export type StepSettings = Partial<Record<(typeof settingNames)[number], string>>;

/** Its texts are plain, without markup; blank lines separate paragraphs. */
export interface LessonStep {
  title?: string;
  text: string;
  /** What is shown while it is read, and parts of it that are not, by the names that the attributes `panels` and `hide` know. */
  panels?: string[];
  hide?: string[];
  /** Attributes that say what is trained, such as `learning-rate`: what they are from this step on. With `autoplay` this step trains by itself. */
  settings?: StepSettings;
  goal?: Goal;
}

const mostSteps = 50;
const mostNames = 40;
/** Characters of a text, of what stands on a line or two, and of a setting, which may be a network in JSON. */
const mostText = 4000;
const mostLine = 300;
const mostSetting = 2000;

const limit: Check<Limit> = (value, where) => {
  const members = object<{ epochs?: number; steps?: number }>({ epochs: wholeNumber(1, 1000), steps: wholeNumber(1, 1e6) }, [])(value, where);
  return exactlyOne(members, ['epochs', 'steps'], where) as Limit;
};

const aims = { accuracy: number(0, 1), loss: number(0, 100), diverge: yes, guess: yes, epochs: wholeNumber(1, 1000), steps: wholeNumber(1, 1e6) };

/** Aims that need the test samples. */
const measured = ['accuracy', 'loss', 'guess'];

const goal: Check<Goal> = (value, where) => {
  const members = object<{ within?: Limit; praise?: string } & { [K in keyof typeof aims]?: ReturnType<(typeof aims)[K]> }>(
    { ...aims, within: limit, praise: text(mostLine) }, [])(value, where);
  const checked = exactlyOne(members, Object.keys(aims), where) as Goal;
  if (checked.within && 'steps' in checked.within && measured.some((aim) => aim in checked)) {
    throw new Error(`${where}: within must be epochs, since ${measured.join(', ')} are measured at the end of each epoch`);
  }
  return checked;
};

const names = list(name, { most: mostNames });

const settingText = text(mostSetting, { mayBeEmpty: true });
/** An attribute is a text; in JSON a number, true, or a list of layers says the same. */
const setting: Check<string> = (value, where) => settingText(typeof value === 'string' ? value : JSON.stringify(value), where);
const settings = object<StepSettings>(Object.fromEntries(settingNames.map((each) => [each, setting])) as Record<keyof StepSettings, typeof setting>, []);

const lessonStep = object<LessonStep>(
  { title: text(mostLine), text: text(mostText), panels: names, hide: names, settings, goal }, ['text']);

const lesson = object<Lesson>({ title: text(mostLine), steps: list(lessonStep, { least: 1, most: mostSteps, place: (_, index) => `step ${index + 1}` }) }, ['steps']);

/**
 * A lesson from outside.
 * @throws {Error} that says what is wrong with it, and where: `step 2: goal: accuracy must be a number from 0 to 1, not 95`
 */
export const lessonFrom = (value: unknown): Lesson => lesson(value, '');

/** A lesson from JSON. @throws {Error} as `lessonFrom` does, or if it is no JSON */
export function lessonFromText(json: string): Lesson {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Error(`it is not JSON: ${(cause as Error).message}`, { cause });
  }
  return lessonFrom(value);
}

/** What is set at a step, by it or by those before it. */
export const settingsAt = ({ steps }: Lesson, step: number): StepSettings => Object.assign({}, ...steps.slice(0, step + 1).map(({ settings }) => settings));

/** What a text of a lesson consists of. */
export const paragraphsOf = (plain: string): string[] =>
  plain.split(/\n\s*\n/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '');

function exactlyOne<T extends object>(members: T, choices: readonly string[], where: string): T {
  const chosen = choices.filter((choice) => Object.hasOwn(members, choice));
  if (chosen.length !== 1) throw new Error(`${where} must have one of ${choices.join(', ')}${chosen.length > 1 ? `, not ${chosen.join(' and ')}` : ''}`);
  return members;
}
