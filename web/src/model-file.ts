import { checkpointAbout } from 'toydl/checkpoint';
import type { OwnSamples } from 'toydl/training/protocol';
import { settingsFromHash, type Settings } from './settings.js';
import { words } from './words/index.js';

/** A file that is no model of this page. */
export class ModelFileError extends Error {}

/** The settings that were saved with a model. @param own the user's samples, if there are any. @throws {ModelFileError} that says why there are none */
export function settingsOfModel(file: Uint8Array, own: OwnSamples | undefined): Settings {
  let about: string;
  try {
    about = checkpointAbout(file);
  } catch (error) {
    throw new ModelFileError(`${(error as Error).message}.`, { cause: error });
  }
  if (!about.startsWith('#')) throw new ModelFileError(words().keep.noSettings);
  const { settings, complaints } = settingsFromHash(about);
  if (complaints.length > 0) throw new ModelFileError(complaints[0]);
  if (settings.dataset === 'own' && !own) throw new ModelFileError(words().own.notForModel);
  return settings;
}
