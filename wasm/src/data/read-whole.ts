/**
 * All bytes of a stream.
 * @param most how many there may be
 * @param onBytes is told how many have arrived
 * @throws {Error} for more than these; the stream is cancelled then
 */
export async function readWhole(stream: ReadableStream<Uint8Array>, most: number, onBytes?: (received: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    received += next.value.length;
    if (received > most) {
      await reader.cancel();
      throw new Error(`it has more than the ${most} bytes that it may have`);
    }
    onBytes?.(received);
  }
  const bytes = new Uint8Array(received);
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
