import { OwnDataError, type Message } from './own-data';

const most = 20;

/**
 * Classes from what stands beside the samples. Whole numbers are in their order, words in that of their appearance.
 * @throws {OwnDataError} if there is one class only, or so many that they are hardly classes
 */
export function classesOf(names: readonly string[], problems: readonly Message[]): { classNames: string[]; labels: Uint8Array } {
  const classNames = [...new Set(names)];
  if (classNames.length === 1) throw new OwnDataError('one-class', { className: classNames[0]! }, problems);
  if (classNames.length > most) throw new OwnDataError('too-many-classes', { classes: classNames.length, most }, problems);
  if (classNames.every((name) => /^[-+]?\d+$/.test(name))) classNames.sort((a, b) => Number(a) - Number(b));
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  return { classNames, labels: Uint8Array.from(names, (name) => labelOf.get(name)!) };
}
