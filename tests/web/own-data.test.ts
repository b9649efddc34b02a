import { describe, expect, test } from 'vitest';
import { decodeText, parseTable, tableData } from '../../web/src/data/csv.js';
import { pictureData, type PictureFile } from '../../web/src/data/images.js';
import { inWords, OwnDataError } from '../../web/src/data/own-data.js';
import { side, toGrey28, type Pixels } from '../../web/src/data/picture.js';
import { en } from '../../web/src/words/en.js';

// A user's own files, without a browser: all but the decoding of images.

const irises = [
  ['5.1', '3.5', '1.4', '0.2', 'setosa'], ['4.9', '3.0', '1.4', '0.2', 'setosa'], ['4.7', '3.2', '1.3', '0.2', 'setosa'], ['4.6', '3.1', '1.5', '0.2', 'setosa'],
  ['7.0', '3.2', '4.7', '1.4', 'versicolor'], ['6.4', '3.2', '4.5', '1.5', 'versicolor'], ['6.9', '3.1', '4.9', '1.5', 'versicolor'], ['5.5', '2.3', '4.0', '1.3', 'versicolor'],
  ['6.3', '3.3', '6.0', '2.5', 'virginica'], ['5.8', '2.7', '5.1', '1.9', 'virginica'], ['7.1', '3.0', '5.9', '2.1', 'virginica'], ['6.3', '2.9', '5.6', '1.8', 'virginica'],
];
const header = ['sepal length', 'sepal width', 'petal length', 'petal width', 'species'];
const csv = (rows: string[][], delimiter = ',', newline = '\n') => rows.map((row) => row.join(delimiter) + newline).join('');
const withHeader = csv([header, ...irises]);
const parse = (text: string) => parseTable(text, 'flowers.csv');

/** The error that an action ends with. */
async function failure(action: () => unknown): Promise<OwnDataError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof OwnDataError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const file = (text: string | Uint8Array<ArrayBuffer>, name = 'flowers.csv') => new File([text], name);

describe('a table', () => {
  test('with a header has the names, numbers and classes of the file', () => {
    const table = parse(withHeader);
    expect(table.features).toEqual(header.slice(0, 4));
    expect(table.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
    expect([...table.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect([...table.x]).toEqual([...Float32Array.from(irises.flatMap((row) => row.slice(0, 4).map(Number)))]);
    expect(table.problems).toEqual([]);
    expect(table.preview).toEqual({ kind: 'table', columns: header, labelColumn: 4, rows: irises.slice(0, 8) });
  });

  test('without a header has columns named as in a spreadsheet', () => {
    const table = parse(csv(irises));
    expect(table.features).toEqual(['A', 'B', 'C', 'D']);
    expect(table.labels).toHaveLength(12);
    expect(table.x).toEqual(parse(withHeader).x);
  });

  test.each([
    ['semicolons and decimal commas', csv([header, ...irises.map((row) => row.map((cell) => cell.replace('.', ',')))], ';')],
    ['semicolons and decimal points', csv([header, ...irises], ';')],
    ['decimal commas without a header, where commas part as well as semicolons', csv(irises.map((row) => row.map((cell) => cell.replace('.', ','))), ';')],
    ['tabs', csv([header, ...irises], '\t')],
    ['quotes', csv([header, ...irises].map((row) => row.map((cell) => `"${cell}"`)))],
    ['lines as in Windows', csv([header, ...irises], ',', '\r\n')],
    ['a byte order mark', `\ufeff${withHeader}`],
    ['empty lines and spaces', `\n\n${withHeader.replaceAll('\n', '\n ,\n').replaceAll(',', ' , ')}`],
  ])('with %s is the same', (_, text) => {
    const table = parse(text);
    expect(table.x).toEqual(parse(withHeader).x);
    expect(table.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(table.problems).toEqual([]);
  });

  test('has its class in the column that is called so, whatever its case', () => {
    const table = parse(csv([['Class', 'x', 'y'], ...irises.map((row) => [row[4]!, row[0]!, row[1]!])]));
    expect(table.features).toEqual(['x', 'y']);
    expect(table.preview.labelColumn).toBe(0);
    expect(table.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  test('has classes that are numbers in their order', () => {
    const table = parse(csv([['a', 'label'], ...irises.map((row, i) => [row[0]!, ['10', '9.0', '2', '9'][i % 4]!])]));
    expect(table.classNames).toEqual(['2', '9', '10']);
    expect([...table.labels.slice(0, 4)]).toEqual([2, 1, 0, 1]);
  });

  test('a quoted cell may hold commas, quotes and line breaks', () => {
    const table = parse(withHeader.replaceAll('virginica', '"the ""blue"" one,\nor so"').replace('petal width', '"petal, width"'));
    expect(table.classNames[2]).toBe('the "blue" one,\nor so');
    expect(table.features[3]).toBe('petal, width');
  });

  test('a row with a bad cell is left out and named, with its number in a spreadsheet and its column', () => {
    const bad = withHeader.replace('4.7,3.2,1.3', '\n4.7,abc,1.3').replace('4.6,3.1', '4.6,').replace('7.0,3.2,4.7,1.4,versicolor', '7.0,3.2')
      .replace('1.5,versicolor', '1.5,').replace('6.3,3.3,6.0', '6.3,3.3,1e99') + csv(irises);
    const table = parse(bad);
    expect(table.problems).toEqual([
      { code: 'bad-number', values: { row: 5, column: 'sepal width', text: 'abc' } },
      { code: 'missing-number', values: { row: 6, column: 'sepal width' } },
      { code: 'wrong-cell-count', values: { row: 7, cells: 2, columns: 5 } },
      { code: 'missing-label', values: { row: 8, column: 'species' } },
      { code: 'bad-number', values: { row: 11, column: 'petal length', text: '1e99' } },
    ]);
    expect(table.labels).toHaveLength(19);
    expect(table.x).toHaveLength(19 * 4);
    expect(inWords(en.ownData, table.problems[0]!)).toBe('Row 5, column “sepal width”: “abc” is not a number. The row is left out.');
  });

  test('a quotation mark that never closes is named', () => {
    const table = parse(`${withHeader}5.0,3.0,1.0,"0.2,setosa\n1,2,3,4,setosa\n`);
    expect(table.problems).toEqual([{ code: 'open-quote', values: { row: 14 } }]);
    expect(table.labels).toHaveLength(12);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, string, object]>([
    ['an empty file', '', 'empty-file', { file: 'flowers.csv' }],
    ['a file of blank lines', ' \n,,\n', 'empty-file', { file: 'flowers.csv' }],
    ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'not-text', { file: 'flowers.csv' }],
    ['one column', 'a\n1\n2\n3\n', 'no-features', { file: 'flowers.csv' }],
    ['nine rows', csv([header, ...irises.slice(0, 9)]), 'too-few-rows', { rows: 9, least: 10 }],
    ['one class', withHeader.replaceAll(/versicolor|virginica/g, 'setosa'), 'one-class', { className: 'setosa' }],
    ['a number in place of a class', csv([['a', 'b'], ...Array.from({ length: 30 }, (_, i) => [`${i}`, `${i / 2}`])]), 'too-many-classes', { classes: 30, most: 20 }],
    ['1,101 columns', csv([Array(1101).fill('1')]), 'too-many-columns', { columns: 1101, most: 1100 }],
    ['too many rows', '1,a\n'.repeat(200_001), 'too-many-rows', { most: 200_000 }],
    ['more than 50 MB', new Uint8Array(50_000_001), 'file-too-large', { mostMegabytes: 50 }],
  ])('%s is one clear error', async (_, text, code, values) => {
    const error = await failure(() => tableData(file(text)));
    expect([error.code, error.values]).toEqual([code, values]);
    expect(inWords(en.ownData, error)).toMatch(/^[A-Zf].*\.$/);
  });

  test('an error comes with what was left out before', async () => {
    const error = await failure(() => parse(withHeader.replaceAll(/^([45])\./gm, '$1-')));
    expect([error.code, error.values]).toEqual(['too-few-rows', { rows: 6, least: 10 }]);
    expect(error.problems).toHaveLength(6);
    expect(error.problems[0]).toEqual({ code: 'bad-number', values: { row: 2, column: 'sepal length', text: '5-1' } });
  });

  test('200,000 rows will do', () => {
    expect(parse('1,a\n2,b\n'.repeat(100_000)).labels).toHaveLength(200_000);
  });

  test('text may be in the encodings that spreadsheets write', () => {
    expect(decodeText(Uint8Array.of(0x47, 0x72, 0xfc, 0x6e).buffer)).toBe('Grün');
    expect(decodeText(new TextEncoder().encode('Grün').buffer)).toBe('Grün');
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x47, 0, 0xfc, 0).buffer)).toBe('Gü');
  });
});

describe('a table to learn from', () => {
  const many = csv([[...header.slice(0, 4), 'constant', 'species'], ...Array.from({ length: 8 }, () => irises).flat().map((row) => [...row.slice(0, 4), '0.1', row[4]!])]);

  test('has a fifth of its rows to test with, the same each time', async () => {
    const [data, again] = [await tableData(file(many, 'my flowers.csv')), await tableData(file(many))];
    expect(data).toMatchObject({ name: 'my flowers', sampleShape: [5], classNames: ['setosa', 'versicolor', 'virginica'], problems: [] });
    expect([data.train.labels.length, data.test.labels.length, data.train.x.length, data.test.x.length]).toEqual([77, 19, 385, 95]);
    expect(again.train).toEqual(data.train);
    expect(again.test).toEqual(data.test);
    const counts = [0, 1, 2].map((label) => [data.train, data.test].flatMap(({ labels }) => [...labels]).filter((found) => found === label).length);
    expect(counts).toEqual([32, 32, 32]);
    expect([...data.test.labels].join('')).not.toMatch(/^0*1*2*$/);
  });

  test('has features of mean 0 and standard deviation 1, and 0 where all is the same', async () => {
    const { train, test } = await tableData(file(many));
    for (const feature of [0, 1, 2, 3]) {
      const values = [...train.x.filter((_, i) => i % 5 === feature)];
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)).toBeCloseTo(1, 5);
    }
    expect(train.x.filter((_, i) => i % 5 === 4).every((value) => value === 0)).toBe(true);
    expect(test.x.filter((_, i) => i % 5 === 4).every((value) => value === 0)).toBe(true);
    // What was equal before, in training or test, is equal still.
    const lengths = new Set([...train.x, ...test.x].filter((_, i) => i % 5 === 0));
    expect(lengths.size).toBe(new Set(irises.map((row) => row[0])).size);
  });
});

/** A picture of one grey, with a rectangle of another grey in it. */
function picture(width: number, height: number, grey: number, inner?: { left: number; top: number; width: number; height: number; grey: number }, alpha = 255): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInside = inner && x >= inner.left && x < inner.left + inner.width && y >= inner.top && y < inner.top + inner.height;
      data.fill(isInside ? inner.grey : grey, 4 * (y * width + x), 4 * (y * width + x) + 3);
      data[4 * (y * width + x) + 3] = isInside ? 255 : alpha;
    }
  }
  return { width, height, data };
}

const at = (pixels: Uint8Array, column: number, row: number) => pixels[row * side + column]!;
const square = (left: number, top: number, size: number, grey: number) => ({ left, top, width: size, height: size, grey });

describe('a picture', () => {
  test('of 28 × 28 pixels on black stays as it is', () => {
    const pixels = picture(28, 28, 0, square(5, 7, 3, 200));
    const grey = toGrey28(pixels);
    expect([...grey]).toEqual(Array.from({ length: 784 }, (_, i) => pixels.data[4 * i]));
  });

  test('on white is inverted, by its border and not by its middle', () => {
    const grey = toGrey28(picture(28, 28, 255, square(2, 2, 24, 30)));
    expect([at(grey, 0, 0), at(grey, 14, 14)]).toEqual([0, 225]);
    const mostlyBright = toGrey28(picture(28, 28, 10, square(2, 2, 24, 220)));
    expect([at(mostlyBright, 0, 0), at(mostlyBright, 14, 14)]).toEqual([10, 220]);
  });

  test('that is wide or high keeps its proportions and lies in the middle', () => {
    const wide = toGrey28(picture(112, 56, 0, { left: 1, top: 1, width: 110, height: 54, grey: 255 }));
    const rows = Array.from({ length: side }, (_, row) => at(wide, 14, row));
    expect(rows.map((value) => value > 0)).toEqual(rows.map((_, row) => row >= 7 && row < 21));
    expect(at(wide, 1, 14)).toBe(255);
    expect(at(wide, 26, 14)).toBe(255);
    const high = toGrey28(picture(56, 112, 0, { left: 1, top: 1, width: 54, height: 110, grey: 255 }));
    for (let i = 0; i < side * side; i++) expect(at(high, Math.floor(i / side), i % side)).toBe(at(wide, i % side, Math.floor(i / side)));
  });

  test('that is larger is averaged, one that is smaller is spread', () => {
    const large = toGrey28(picture(84, 84, 0, square(30, 30, 3, 90)));
    expect(at(large, 10, 10)).toBe(90);
    expect(large.reduce((sum, value) => sum + value)).toBe(90);
    const shifted = toGrey28(picture(84, 84, 0, square(31, 30, 3, 90)));
    expect([at(shifted, 10, 10), at(shifted, 11, 10)]).toEqual([60, 30]);
    const small = toGrey28(picture(7, 7, 0, square(3, 3, 1, 80)));
    expect(small.filter((value) => value === 80)).toHaveLength(16);
    expect(at(small, 12, 12)).toBe(80);
  });

  test('of colours is as bright as it looks', () => {
    const pixels = picture(28, 28, 0);
    pixels.data.set([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255], 4 * (14 * 28 + 10));
    expect([...toGrey28(pixels).slice(14 * 28 + 10, 14 * 28 + 13)]).toEqual([76, 150, 29]);
  });

  test('on a transparent background shows, be it dark or bright', () => {
    for (const grey of [0, 255]) {
      const result = toGrey28(picture(28, 28, grey, square(10, 10, 8, grey), 0));
      expect([at(result, 0, 0), at(result, 12, 12)]).toEqual([0, 255]);
    }
  });

  test('of one pixel or one line is no trouble', () => {
    expect(toGrey28(picture(1, 1, 255))).toEqual(new Uint8Array(784));
    expect(toGrey28(picture(1000, 1, 40)).filter((value) => value === 40)).toHaveLength(28);
  });
});

describe('pictures to learn from', () => {
  /** A file, perhaps in folders; its content is the grey of its picture. */
  function image(path: string, grey = 100, size?: number): PictureFile {
    const file = new File([String(grey)], path.split('/').at(-1)!);
    if (size !== undefined) Object.defineProperty(file, 'size', { value: size });
    return { path, file };
  }

  /** Stands for the browser's decoder: real pixels for each file that holds a number. */
  async function decode(file: File): Promise<Pixels> {
    const grey = Number(await file.text());
    if (Number.isNaN(grey)) throw new Error('The source image could not be decoded.');
    return picture(40, 40, 0, square(10, 10, 20, grey));
  }

  test('have the names of their folders as classes', async () => {
    const paths = ['10', '9'].flatMap((folder) => Array.from({ length: 10 }, (_, i) => image(`digits/${folder}/x_${i}.png`, Number(folder))));
    const progress: number[] = [];
    const data = await pictureData(paths, decode, (done, total) => progress.push(done / total));
    expect(data).toMatchObject({ name: 'digits', sampleShape: [784], classNames: ['9', '10'], problems: [] });
    expect([data.train.labels.length, data.test.labels.length]).toEqual([16, 4]);
    for (const { x, labels } of [data.train, data.test]) {
      labels.forEach((label, i) => expect(x[i * 784 + 14 * 28 + 14]).toBe(Math.fround(Number(data.classNames[label]) / 255)));
    }
    expect(data.preview).toMatchObject({ kind: 'pictures', width: 28, height: 28 });
    if (data.preview.kind !== 'pictures') throw new Error('no pictures');
    expect(data.preview.pixels).toHaveLength(20 * 784);
    data.preview.labels.forEach((label, i) => expect((data.preview as { pixels: Uint8Array }).pixels[i * 784 + 14 * 28 + 14]).toBe(Number(data.classNames[label])));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toHaveLength(20);
  });

  test('have what their names begin with as classes, if all are in one folder or none', async () => {
    const names = ['cat-1.jpg', 'cat-2.jpg', 'dog 1.jpg', 'dog_2.jpg', 'dog_3.jpg'];
    const loose = await pictureData(names.map((name) => image(name)), decode);
    expect([loose.name, loose.classNames]).toEqual(['cat, dog', ['cat', 'dog']]);
    const inFolder = await pictureData(names.map((name) => image(`pets/${name}`)), decode);
    expect([inFolder.name, inFolder.classNames]).toEqual(['pets', ['cat', 'dog']]);
  });

  test('of which there are many are previewed from first to last', async () => {
    const { preview } = await pictureData(['a', 'b'].flatMap((name) => Array.from({ length: 50 }, (_, i) => image(`${name}_${i}.png`))), decode);
    expect([...preview.kind === 'pictures' ? preview.labels : []].join('')).toBe('0'.repeat(16) + '1'.repeat(16));
  });

  test('are the same data in whatever order the files come', async () => {
    const files = ['a_1', 'a_2', 'a_3', 'b_1', 'b_2', 'b_3'].map((name, i) => image(`${name}.png`, 20 * i + 20));
    expect(await pictureData([...files].reverse(), decode)).toEqual(await pictureData(files, decode));
  });

  test('that are none, too large or without a class are named and left out; hidden files are passed over', async () => {
    const good = ['a_1.png', 'a_2.png', 'b_1.png', 'b_2.png'].map((name) => image(name));
    const { problems, train, test } = await pictureData([
      ...good, image('.hidden'), image('b_3.txt', NaN), image('b_4.png', 9, 20_000_001), image('nothing.png'),
    ], decode);
    expect(problems).toEqual([
      { code: 'not-a-picture', values: { file: 'b_3.txt' } },
      { code: 'picture-too-large', values: { file: 'b_4.png', mostMegabytes: 20 } },
      { code: 'no-label-in-name', values: { file: 'nothing.png' } },
    ]);
    expect(train.labels.length + test.labels.length).toBe(4);
    for (const problem of problems) expect(inWords(en.ownData, problem)).toMatch(/^(b_|nothing).* left out\.$/);
  });

  test.each<[string, string[], string, object]>([
    ['no files', [], 'too-few-pictures', { least: 2 }],
    ['one class', ['a_1.png', 'a_2.png', 'a_3.png'], 'one-class', { className: 'a' }],
    ['two pictures of one class and one of another', ['a_1.png', 'a_2.png', 'b_1.png'], 'too-few-pictures', { least: 2 }],
    ['21 classes', Array.from({ length: 42 }, (_, i) => `${i % 21}_${i}.png`), 'too-many-classes', { classes: 21, most: 20 }],
    ['20,001 files', Array(20_001).fill('a_1.png'), 'too-many-pictures', { pictures: 20_001, most: 20_000 }],
  ])('%s is one clear error', async (_, names, code, values) => {
    const error = await failure(() => pictureData(names.map((name) => image(name)), decode));
    expect([error.code, error.values]).toEqual([code, values]);
    expect(inWords(en.ownData, error)).toMatch(/^[A-Z].*\.$/);
  });
});
