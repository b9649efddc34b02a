import { en, type Words } from './en.js';

/** The languages of the page, by their codes, each in its own words. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const storageKey = 'toydl-language';
let current: Words = en;
let code: Language = 'en';

/** The words of the page, in the language that is spoken now. */
export const words = (): Words => current;
export const language = (): Language => code;

/** That of an earlier choice, else the browser's, if the page speaks it. */
export const preferredLanguage = (): Language => firstSpoken([stored(), ...navigator.languages]) ?? 'en';

/** The first of these languages, such as `de-AT`, that the page speaks. */
export function firstSpoken(wanted: readonly (string | null | undefined)[]): Language | undefined {
  const codes = wanted.map((name) => name?.slice(0, 2).toLowerCase());
  return codes.find((name): name is Language => name !== undefined && Object.hasOwn(languages, name));
}

/** From now on every panel in the document speaks this. */
export async function speak(name: Language): Promise<void> {
  current = name === 'de' ? (await import('./de.js')).de : en;
  code = name;
}

export function remember(name: Language): void {
  try {
    localStorage.setItem(storageKey, name);
  } catch {
    // No storage here: the language holds until the page is left.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
