/** Of 16 bits a channel, as sharp gives them in a raw buffer: a copy, which is aligned. */
export function wordsOf(bytes: Buffer): Uint16Array {
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
