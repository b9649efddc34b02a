import { show } from '../show.js';

/** Takes a value from outside for what it should be. @throws {Error} that says what it should be, and where it is not */
export type Check<T> = (value: unknown, where: string) => T;

export const text = (most: number, { mayBeEmpty = false } = {}): Check<string> => (value, where) =>
  typeof value === 'string' && (mayBeEmpty || value.trim() !== '') && value.length <= most
    ? value
    : refuse(value, where, `a text in quotation marks, of at most ${most} characters`);

/** A name such as `learning-rate`. */
export const name: Check<string> = (value, where) =>
  typeof value === 'string' && /^[a-z-]{1,40}$/.test(value) ? value : refuse(value, where, 'a name of the letters a to z and -');

export const number = (min: number, max: number): Check<number> => (value, where) =>
  typeof value === 'number' && value >= min && value <= max ? value : refuse(value, where, `a number from ${min} to ${max}`);

export const wholeNumber = (min: number, max: number): Check<number> => (value, where) =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max ? (value as number) : refuse(value, where, `a whole number from ${min} to ${max}`);

export const yes: Check<true> = (value, where) => (value === true ? value : refuse(value, where, 'true'));

/** @param place where an entry is, from where the list is and the entry's index */
export const list = <T>(
  entry: Check<T>, { least = 0, most, place = (where) => where }: { least?: number; most: number; place?: (where: string, index: number) => string },
): Check<T[]> => (value, where) =>
  Array.isArray(value) && value.length >= least && value.length <= most
    ? value.map((each, index) => entry(each, place(where, index)))
    : refuse(value, where, `a list [ … ] of ${least} to ${most}`);

/** An object with these members and no others. */
export const object = <T extends object>(members: { [K in keyof T]-?: Check<Exclude<T[K], undefined>> }, required: readonly (keyof T & string)[]): Check<T> =>
  (value, where) => {
    const given = Object.entries(plainObject(value, where));
    const known = Object.keys(members);
    const result = given.map(([key, each]) => {
      if (!known.includes(key)) throw new Error(within(where, `${show(key)} is unknown; there may be ${known.join(', ')}`));
      return [key, members[key as keyof T](each, within(where, key))];
    });
    const missing = required.find((key) => !given.some(([there]) => there === key));
    if (missing !== undefined) throw new Error(within(where, `${missing} is missing`));
    return Object.fromEntries(result) as T;
  };

function plainObject(value: unknown, where: string): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : refuse(value, where, 'an object');
}

const within = (where: string, what: string): string => (where === '' ? what : `${where}: ${what}`);

function refuse(value: unknown, where: string, wanted: string): never {
  throw new Error(`${where || 'it'} must be ${wanted}, not ${show(value)}`);
}
