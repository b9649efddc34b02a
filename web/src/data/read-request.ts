import type { PictureFile } from './images';
import { OwnDataError, type Message, type OwnData } from './own-data';

/** What to read: a table, or pictures. */
export type ReadRequest = { kind: 'table'; file: File } | { kind: 'pictures'; pictures: PictureFile[] };

/** What the worker says. */
export type ReadAnswer =
  | { type: 'progress'; done: number; total: number }
  | { type: 'data'; data: OwnData }
  | { type: 'refused'; reason: Message; problems: readonly Message[] };

/** What is said where the browser itself cannot read it. */
export const unreadable = (request: ReadRequest): OwnDataError =>
  new OwnDataError('unreadable', { file: request.kind === 'table' ? request.file.name : (request.pictures[0]?.path ?? '') });
