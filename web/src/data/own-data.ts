/** The user's own data, read in the browser. It never leaves it. */
export interface OwnData {
  name: string;
  /** The shape of one sample: [4] for four columns, [784] for a picture. */
  sampleShape: number[];
  classNames: string[];
  train: Samples;
  test: Samples;
  /** What had to be left out, and why. */
  problems: Message[];
  preview: TablePreview | PicturePreview;
}

/** Samples one after another, and the class of each. */
export interface Samples {
  x: Float32Array;
  labels: Uint8Array;
}

/** The first rows, as they stand in the file. */
export interface TablePreview {
  kind: 'table';
  columns: string[];
  /** Which of the columns holds the classes. */
  labelColumn: number;
  rows: string[][];
}

/** Some of the pictures, one after another, as they are learned from: 0 is background. */
export interface PicturePreview {
  kind: 'pictures';
  width: number;
  height: number;
  pixels: Uint8Array;
  labels: Uint8Array;
}

/** All that can be said about somebody's data, and what the sentence for it tells. A catalogue of words has the sentences. */
export interface Messages {
  // Why a row is left out. Rows are counted as a spreadsheet does, the header too.
  'bad-number': { row: number; column: string; text: string };
  'missing-number': { row: number; column: string };
  'missing-label': { row: number; column: string };
  'wrong-cell-count': { row: number; cells: number; columns: number };
  'open-quote': { row: number };
  // Why a picture is left out.
  'not-a-picture': { file: string };
  'no-label-in-name': { file: string };
  'picture-too-large': { file: string; mostMegabytes: number };
  // Why it cannot be learned from at all.
  unreadable: { file: string };
  'file-too-large': { mostMegabytes: number };
  'not-text': { file: string };
  'empty-file': { file: string };
  'no-features': { file: string };
  'too-many-columns': { columns: number; most: number };
  'too-many-rows': { most: number };
  'too-few-rows': { rows: number; least: number };
  'one-class': { className: string };
  'too-many-classes': { classes: number; most: number };
  'too-many-pictures': { pictures: number; most: number };
  'too-few-pictures': { least: number };
}

export type Code = keyof Messages;

/** One of the messages, to be put into words. */
export type Message = { [C in Code]: { code: C; values: Messages[C] } }[Code];

/** Sentences in one language. */
export type OwnDataWords = { [C in Code]: (values: Messages[C]) => string };

/** The data cannot be learned from. */
export class OwnDataError<C extends Code = Code> extends Error {
  override readonly name = 'OwnDataError';

  /** @param problems what was left out before it came to this */
  constructor(readonly code: C, readonly values: Messages[C], readonly problems: readonly Message[] = []) {
    super(`${code} ${JSON.stringify(values)}`);
  }
}

/** A message in words. */
export const inWords = <C extends Code>(words: OwnDataWords, { code, values }: { code: C; values: Messages[C] }): string => words[code](values);
