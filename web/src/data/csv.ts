import Papa from 'papaparse';
import { classesOf } from './classes';
import { OwnDataError, type Message, type OwnData, type TablePreview } from './own-data';
import { split } from './split';
import { standardise } from './standardise';

const mostMegabytes = 50;
/** Enough for MNIST as a table. */
const mostColumns = 1100;
const mostRows = 200_000;
const leastRows = 10;
const previewRows = 8;

/** Names of the column with the class, any case; those in front come first. Without one of them it is the last column. */
const labelNames = ['label', 'class', 'target', 'species', 'y'];

/** A table of numbers with a class in each row. */
export interface Table {
  /** Names of the columns of numbers. */
  features: string[];
  classNames: string[];
  /** [n, features] */
  x: Float32Array;
  labels: Uint8Array;
  preview: TablePreview;
  problems: Message[];
}

/**
 * A CSV file as data to learn from: features standardised, a fifth kept to test with.
 * @throws {OwnDataError} that says why it cannot be learned from
 */
export async function tableData(file: File): Promise<OwnData> {
  if (file.size > mostMegabytes * 1e6) throw new OwnDataError('file-too-large', { mostMegabytes });
  const { features, classNames, preview, problems, ...samples } = parseTable(decodeText(await file.arrayBuffer()), file.name);
  const { train, test } = split(samples);
  standardise(train, test);
  return { name: file.name.replace(/\.\w+$/, ''), sampleShape: [features.length], classNames, train, test, problems, preview };
}

/** UTF-8, or what older spreadsheets write. */
export function decodeText(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Reads the text of a CSV file: with a header or without, separated by commas, semicolons (then 1,5 is a number too), tabs or bars.
 * A row with a cell that will not do is left out, and is among the problems.
 * @param file its name, for messages
 * @throws {OwnDataError} that says why it cannot be learned from
 */
export function parseTable(text: string, file: string): Table {
  if (text.includes('\0')) throw new OwnDataError('not-text', { file });
  const delimiter = delimiterOf(text);
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimiter });
  const openQuote = errors.find(({ code }) => code === 'MissingQuotes')?.row;
  // As a spreadsheet counts, so before empty rows are left out.
  const rows = data.map((cells, i) => ({ number: i + 1, cells: cells.map((cell) => cell.trim()), isOpen: i === openQuote }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw new OwnDataError('empty-file', { file });

  const columns = commonest(rows.map(({ cells }) => cells.length));
  if (columns < 2) throw new OwnDataError('no-features', { file });
  if (columns > mostColumns) throw new OwnDataError('too-many-columns', { columns, most: mostColumns });
  const readNumber = numberReader(delimiter);
  const header = hasHeader(rows.map(({ cells }) => cells), columns, readNumber) ? rows.shift()!.cells.slice(0, columns) : [];
  if (rows.length > mostRows) throw new OwnDataError('too-many-rows', { most: mostRows });
  const names = Array.from({ length: columns }, (_, column) => header[column] || columnLetters(column));
  const labelColumn = labelColumnOf(header, columns);

  const problems: Message[] = [];
  const labelTexts: string[] = [];
  const x = new Float32Array(rows.length * (columns - 1));
  for (const { number, cells, isOpen } of rows) {
    const numbers = cells.slice(0, columns).map(readNumber);
    const problem = isOpen ? { code: 'open-quote' as const, values: { row: number } } : problemOf(number, cells, numbers, names, labelColumn);
    if (problem) {
      problems.push(problem);
      continue;
    }
    const [label] = numbers.splice(labelColumn, 1);
    x.set(numbers, labelTexts.length * (columns - 1));
    // 1 and 1.0 are one class.
    labelTexts.push(Number.isInteger(label) ? String(label) : cells[labelColumn]!);
  }
  if (labelTexts.length < leastRows) throw new OwnDataError('too-few-rows', { rows: labelTexts.length, least: leastRows }, problems);
  return {
    features: names.filter((_, column) => column !== labelColumn),
    ...classesOf(labelTexts, problems),
    x: x.slice(0, labelTexts.length * (columns - 1)),
    preview: { kind: 'table', columns: names, labelColumn, rows: rows.slice(0, previewRows).map(({ cells }) => cells) },
    problems,
  };
}

/** The first of these that parts most of the first rows into equally many cells. Commas come last, as they may be in numbers. */
function delimiterOf(text: string): string {
  return [';', '\t', '|'].find((delimiter) => {
    const counts = Papa.parse<string[]>(text, { delimiter, preview: 20, skipEmptyLines: true }).data.map((cells) => cells.length);
    const usual = commonest(counts);
    return usual > 1 && counts.filter((count) => count === usual).length > counts.length / 2;
  }) ?? ',';
}

function commonest(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** What reads a cell: NaN if it is no number that a float can hold. */
const numberReader = (delimiter: string) => (cell: string): number => {
  const text = delimiter === ';' ? cell.replace(',', '.') : cell;
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(Math.fround(value)) ? value : NaN;
};

/** Whether the first row has a word where the rows below mostly have numbers. */
function hasHeader([first, ...others]: string[][], columns: number, readNumber: (cell: string) => number): boolean {
  const isNumber = (cell: string | undefined) => cell !== undefined && !Number.isNaN(readNumber(cell));
  return Array.from({ length: columns }, (_, column) => column).some((column) =>
    first![column] && !isNumber(first![column]) && others.filter((cells) => isNumber(cells[column])).length > others.length / 2);
}

/** A spreadsheet's name of a column: A, B, …, Z, AA, … */
function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

function labelColumnOf(header: string[], columns: number): number {
  const lowerCase = header.map((name) => name.toLowerCase());
  const named = labelNames.map((name) => lowerCase.indexOf(name)).find((column) => column >= 0);
  return named ?? columns - 1;
}

/** Why a row has to be left out; undefined if it has not. */
function problemOf(row: number, cells: string[], numbers: number[], names: string[], labelColumn: number): Message | undefined {
  const columns = names.length;
  if (cells.length < columns || cells.slice(columns).some((cell) => cell !== '')) {
    return { code: 'wrong-cell-count', values: { row, cells: cells.length, columns } };
  }
  if (cells[labelColumn] === '') return { code: 'missing-label', values: { row, column: names[labelColumn]! } };
  const wrong = numbers.findIndex((value, column) => column !== labelColumn && Number.isNaN(value));
  if (wrong < 0) return undefined;
  const place = { row, column: names[wrong]! };
  return cells[wrong] === '' ? { code: 'missing-number', values: place } : { code: 'bad-number', values: { ...place, text: cells[wrong]! } };
}
