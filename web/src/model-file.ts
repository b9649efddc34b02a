import { checkpointAbout } from 'toydl/checkpoint';
import { isOfThisArithmetic } from './arithmetic.js';
import type { OwnSamples, RunConfig } from 'toydl/training/protocol';
import { settingsFromHash, type Settings } from './settings.js';
import { words } from './words/index.js';

/** A file that is no model of this page. */
export class ModelFileError extends Error {}

/** What a model is saved with, as JSON. */
export interface ModelAbout extends Partial<RunConfig> {
  /** As in an address. What the run consists of is told beside them, for those who open the file elsewhere: `Model.fromConfig` takes it. */
  settings: string;
  /** The run cannot be repeated from its settings: the learning rate was changed in the middle of it, or it began with other arithmetic. */
  offRecord: boolean;
}

/**
 * What was saved with a model.
 * @param own the user's samples, if there are any
 * @throws {ModelFileError} that says why it cannot be opened
 */
export function aboutModel(file: Uint8Array, own: OwnSamples | undefined): { settings: Settings; offRecord: boolean } {
  const { settings: hash, offRecord } = readAbout(file);
  const { settings, complaints } = settingsFromHash(hash);
  if (complaints.length > 0) throw new ModelFileError(complaints[0]);
  if (settings.dataset === 'own' && !own) throw new ModelFileError(words().own.notForModel);
  return { settings, offRecord: offRecord || !isOfThisArithmetic(file) };
}

function readAbout(file: Uint8Array): ModelAbout {
  let text: string;
  try {
    text = checkpointAbout(file);
  } catch (error) {
    throw new ModelFileError(`${(error as Error).message}.`, { cause: error });
  }
  try {
    const about = JSON.parse(text) as Partial<ModelAbout> | null;
    if (typeof about?.settings === 'string') return { settings: about.settings, offRecord: about.offRecord === true };
  } catch {
    // Somebody else's.
  }
  throw new ModelFileError(words().keep.noSettings);
}
