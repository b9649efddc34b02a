import { classesOf } from './classes';
import { OwnDataError, type Message, type OwnData } from './own-data';
import { side, toGrey28, type Pixels } from './picture';
import { split } from './split';

const mostMegabytes = 20;
const mostPictures = 20_000;
const leastInClass = 2;
const previewPictures = 32;

/** A picture's file, and where it lies: `pets/cat/1.png`. */
export interface PictureFile {
  path: string;
  file: File;
}

/**
 * Image files as data to learn from: 28 × 28 grey pixels from 0 to 1, a fifth kept to test with. The class of a picture is the
 * name of its folder or, where all are in one folder or in none, what its own name begins with.
 * @param decode makes pixels of a file, and rejects what is no picture
 * @param onProgress is told how many of the files have been read
 * @throws {OwnDataError} that says why they cannot be learned from
 */
export async function pictureData(
  files: readonly PictureFile[], decode: (file: File) => Promise<Pixels>, onProgress?: (done: number, total: number) => void,
): Promise<OwnData> {
  if (files.length > mostPictures) throw new OwnDataError('too-many-pictures', { pictures: files.length, most: mostPictures });
  // In an order of their own: that of the files differs from system to system.
  const sorted = files.filter((file) => !nameOf(file).startsWith('.')).sort((a, b) => (a.path < b.path ? -1 : 1));
  const nameOfClass = new Set(sorted.map(folderOf)).size > 1 ? folderOf : beginningOf;

  const problems: Message[] = [];
  const names: string[] = [];
  const pictures: Uint8Array[] = [];
  for (const [i, file] of sorted.entries()) {
    const className = nameOfClass(file);
    const picture = await read(file, className, decode);
    if (picture instanceof Uint8Array) {
      pictures.push(picture);
      names.push(className);
    } else {
      problems.push(picture);
    }
    onProgress?.(i + 1, sorted.length);
  }

  const classesWithEnough = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  if (new Set(names).size !== 1 && classesWithEnough.size < 2) throw new OwnDataError('too-few-pictures', { least: leastInClass }, problems);
  const { classNames, labels } = classesOf(names, problems);
  const size = side * side;
  const x = new Float32Array(pictures.length * size);
  pictures.forEach((picture, i) => x.set(Float32Array.from(picture, (value) => value / 255), i * size));
  // From first to last, and so of every class.
  const count = Math.min(previewPictures, pictures.length);
  const shown = Array.from({ length: count }, (_, i) => Math.floor((i * pictures.length) / count));
  const pixels = new Uint8Array(count * size);
  shown.forEach((picture, i) => pixels.set(pictures[picture]!, i * size));
  return {
    name: rootOf(sorted[0]!) || classNames.join(', '),
    sampleShape: [size],
    classNames,
    ...split({ x, labels }),
    problems,
    preview: { kind: 'pictures', width: side, height: side, pixels, labels: Uint8Array.from(shown, (picture) => labels[picture]!) },
  };
}

const nameOf = ({ path }: PictureFile) => path.split('/').at(-1)!;
const foldersOf = ({ path }: PictureFile) => path.split('/').slice(0, -1);
const folderOf = (file: PictureFile) => foldersOf(file).at(-1) ?? '';
const rootOf = (file: PictureFile) => foldersOf(file)[0] ?? '';

/** '7_0012.png' → '7', 'cat-3.jpg' → 'cat'; '' if there is no such beginning. */
const beginningOf = (file: PictureFile) => /^([^_\- ]+)[_\- ]/.exec(nameOf(file))?.[1] ?? '';

/** The picture in a file, or why there is none. */
async function read({ path, file }: PictureFile, className: string, decode: (file: File) => Promise<Pixels>): Promise<Uint8Array | Message> {
  if (className === '') return { code: 'no-label-in-name', values: { file: path } };
  if (file.size > mostMegabytes * 1e6) return { code: 'picture-too-large', values: { file: path, mostMegabytes } };
  try {
    return toGrey28(await decode(file));
  } catch {
    return { code: 'not-a-picture', values: { file: path } };
  }
}
