import { instance } from './check.js';
import { ToydlError } from './errors.js';

interface Header {
  __metadata__?: Record<string, unknown>;
  [tensor: string]: unknown;
}

/**
 * The text that was saved with a checkpoint. For this the engine need not be loaded: a page can find out what a run was, and
 * whether the file is whole, before it makes one like it.
 * @throws {ToydlError} `format` for bytes that are no checkpoint, or not all of one, or hold NaN or infinity
 */
export function checkpointAbout(checkpoint: Uint8Array): string {
  const { header, data } = partsOf(instance('checkpoint', checkpoint, Uint8Array));
  const { __metadata__: metadata, ...tensors } = header;
  if (typeof metadata?.about !== 'string' || !('toydl_checkpoint' in metadata)) {
    throw new ToydlError('format', 'not a checkpoint of a training run of ToyDL\'s');
  }
  const ends = Object.values(tensors).map((tensor) => Number((tensor as { data_offsets?: number[] } | null)?.data_offsets?.[1]));
  if (Math.max(0, ...ends) !== data.length) throw new ToydlError('format', 'not a whole checkpoint: it is cut short, or longer than its header says');
  if (!new Float32Array(data.buffer, 0, data.length >> 2).every(Number.isFinite)) throw new ToydlError('format', 'the numbers of this checkpoint are damaged: some are NaN or infinite');
  return metadata.about;
}

/**
 * The version of the arithmetic with which a checkpoint was made, without the engine. From another one than `arithmeticVersion` the same
 * settings lead to other weights. 0 is that of ToyDL 0.1.0.
 * @throws {ToydlError} `format` for bytes that are no checkpoint
 */
export function checkpointArithmetic(checkpoint: Uint8Array): number {
  const { __metadata__: metadata } = partsOf(instance('checkpoint', checkpoint, Uint8Array)).header;
  return Number(metadata?.arithmetic ?? 0);
}

/** A safetensors file: the length of its header in 8 bytes, the header as JSON, and numbers. */
function partsOf(file: Uint8Array): { header: Header; data: Uint8Array<ArrayBuffer> } {
  const { buffer, byteOffset, byteLength } = file;
  const length = byteLength < 8 ? Infinity : Number(new DataView(buffer, byteOffset).getBigUint64(0, true));
  if (length > byteLength - 8) throw new ToydlError('format', 'not a checkpoint, or cut short: its header does not fit into it');
  try {
    const header = Object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.slice(8, 8 + length))));
    return { header, data: file.slice(8 + length) };
  } catch (cause) {
    throw new ToydlError('format', 'not a checkpoint: its header is no JSON', { cause });
  }
}
