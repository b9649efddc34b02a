import { arithmeticVersion } from 'toydl/engine/arithmetic-version';
import { checkpointArithmetic } from 'toydl/checkpoint';

/** Whether the run of a checkpoint began with the arithmetic of this version: else its settings lead to other weights today. */
export const isOfThisArithmetic = (checkpoint: Uint8Array): boolean => checkpointArithmetic(checkpoint) === arithmeticVersion;
