import { instance } from './check.js';
import { ToydlError } from './errors.js';

/**
 * The text that was saved with a checkpoint. For this the engine need not be loaded: a page can find out what a run was before
 * it makes one like it.
 * @throws {ToydlError} `format` for bytes that are no checkpoint
 */
export function checkpointAbout(checkpoint: Uint8Array): string {
  const { __metadata__: metadata } = headerOf(instance('checkpoint', checkpoint, Uint8Array));
  if (typeof metadata?.about === 'string' && 'toydl_checkpoint' in metadata) return metadata.about;
  throw new ToydlError('format', 'not a checkpoint of a training run of ToyDL\'s');
}

/** The header of a safetensors file: its length in 8 bytes, then JSON. */
function headerOf(file: Uint8Array): { __metadata__?: Record<string, unknown> } {
  const { buffer, byteOffset, byteLength } = file;
  const length = byteLength < 8 ? Infinity : Number(new DataView(buffer, byteOffset).getBigUint64(0, true));
  if (length > byteLength - 8) throw new ToydlError('format', 'not a checkpoint, or cut short: its header does not fit into it');
  try {
    return Object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.slice(8, 8 + length))));
  } catch (cause) {
    throw new ToydlError('format', 'not a checkpoint: its header is no JSON', { cause });
  }
}
