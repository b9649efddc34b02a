import type { PictureFile } from './images';
import type { ReadRequest } from './read-request';

/** The files that somebody chose, with where they lie as far as the browser tells. */
export const chosenFiles = (files: Iterable<File>): PictureFile[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

/** The files that somebody dropped, those in folders too. To be called while the drop is being handled, or they are gone. */
export async function droppedFiles({ items }: DataTransfer): Promise<PictureFile[]> {
  const parts = Array.from(items, (item) => {
    const entry = item.webkitGetAsEntry();
    return entry ? filesIn(entry) : chosenFiles([item.getAsFile()].filter((file) => file !== null));
  });
  return (await Promise.all(parts)).flat();
}

/** One file that is no picture is a table; anything else is pictures. */
export function requestFor(files: PictureFile[]): ReadRequest {
  const [first, ...others] = files;
  const isTable = first && others.length === 0 && !first.file.type.startsWith('image/');
  return isTable ? { kind: 'table', file: first.file } : { kind: 'pictures', pictures: files };
}

async function filesIn(entry: FileSystemEntry): Promise<PictureFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: PictureFile[] = [];
  // A reader gives a part each time, and in the end nothing.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    files.push(...(await Promise.all(entries.map(filesIn))).flat());
  }
}
