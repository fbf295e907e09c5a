/**
 * From this share of far words on, a prompt is about something else than the pack's captions. Below a half, the words that
 * are known ("a fox in my grandmother's kitchen") still decide the picture.
 */
const FAR_SHARE = 0.5

/** Whether a prompt is far from what a pack was trained on. One of a single word is judged by it. */
export function isMostlyFar(farCount: number, wordCount: number): boolean {
  return wordCount > 0 && farCount / wordCount >= FAR_SHARE
}
