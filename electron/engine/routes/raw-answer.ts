/** What an address with a hash in it answers never changes. */
export const IMMUTABLE = 'public, max-age=31536000, immutable'

/** Raw pixels, whose size a client cannot tell from the bytes. */
export function answerPixels(bytes: Uint8Array, { width, height }: { width: number; height: number }, caching: string) {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'remask-width': String(width),
      'remask-height': String(height),
      'cache-control': caching,
    },
  })
}
