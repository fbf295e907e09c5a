import type { RegionPixels } from '../pictures/image-store.ts'

/**
 * Lays a patch over RGBA pixels, in place, each with the strength of its mask: the patch is opaque, so this is "over"
 * (Porter and Duff 1984) with the mask as coverage, for alpha that is not premultiplied. Strength 0 leaves every byte.
 *
 * @param pixels  [count × 4], 8 or 16 bits.
 * @param patch  [count × 3], 16 bits.
 * @param strengths  [count], 0–255.
 */
export function mixPixels(pixels: RegionPixels, patch: Uint16Array, strengths: Uint8Array): void {
  const full = pixels instanceof Uint16Array ? 65_535 : 255
  const patchScale = full / 65_535
  for (let i = 0; i < strengths.length; i++) {
    const strength = strengths[i]! / 255
    if (strength === 0) continue
    const at = i * 4
    const alpha = pixels[at + 3]! / full
    const mixedAlpha = strength + alpha * (1 - strength)
    const share = strength / mixedAlpha
    for (let channel = 0; channel < 3; channel++) {
      const drawn = patch[i * 3 + channel]! * patchScale
      const before = pixels[at + channel]!
      pixels[at + channel] = Math.round(before + (drawn - before) * share)
    }
    pixels[at + 3] = Math.round(mixedAlpha * full)
  }
}
