/** How many suggestions fit beside a word without becoming a menu. */
const MAX_SUGGESTIONS = 3

/**
 * Known words spelt like an unknown one, best first, at most 3. None rather than a far-fetched one: a suggestion may
 * differ in a third of the letters.
 */
export function findNearestWords(word: string, known: Iterable<string>): string[] {
  const plain = stripAccents(word.toLowerCase())
  const allowed = Math.max(1, Math.floor(plain.length / 3))
  const found: { word: string; distance: number }[] = []
  for (const candidate of known) {
    if (Math.abs(candidate.length - plain.length) > allowed) continue
    const distance = editDistance(plain, candidate)
    if (distance <= allowed && distance < candidate.length) found.push({ word: candidate, distance })
  }
  // Of equals, the one that begins alike: misspellings seldom start at the first letter.
  const sharedStart = (candidate: string) => [...candidate].findIndex((letter, i) => letter !== plain[i])
  found.sort((a, b) => a.distance - b.distance || sharedStart(b.word) - sharedStart(a.word) || (a.word < b.word ? -1 : 1))
  return found.slice(0, MAX_SUGGESTIONS).map((entry) => entry.word)
}

/** "café" is written "cafe" in most vocabularies. */
function stripAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

/** Damerau's distance (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, substitution)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1)
    }
    ;[beforeLast, last] = [last, row]
  }
  return last[b.length]!
}
