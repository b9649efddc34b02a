// Reads an IDX file: two zero bytes, the element type (8: unsigned byte), the number of dimensions, the dimensions
// as big-endian 32-bit numbers, then the elements.
import { readFileSync } from 'node:fs';

/** { shape, data } of a file of unsigned bytes. */
export function readIdx(file) {
  const bytes = readFileSync(file);
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8) throw new Error(`${file} is no IDX file of bytes.`);
  const rank = bytes[3];
  const shape = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const data = bytes.subarray(4 + 4 * rank);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (data.length !== size) throw new Error(`${file}: ${data.length} elements, expected ${size}.`);
  return { shape, data };
}
