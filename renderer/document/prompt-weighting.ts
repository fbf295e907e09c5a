/**
 * A weighted part of a prompt, such as `(red fox:1.3)`. How weights are read is the engine's (`models/runtime/prompt-weights.ts`);
 * this is what editing and marking them in the field needs.
 */
export interface WeightedPart {
  /** From its bracket to its bracket, as indices into the prompt. */
  readonly start: number
  readonly end: number
  /** Of the words in it. */
  readonly textStart: number
  readonly textEnd: number
  readonly weight: number
}

/** An opening bracket, the end of a weighted part, a closing bracket; an escaped sign is none of them. */
const SIGN = /\\[()\\]|\(|:\s*(\d+(?:\.\d*)?|\.\d+)\s*\)|\)/g

/** All weighted parts, each after those inside it. */
export function findWeightedParts(prompt: string): WeightedPart[] {
  const parts: WeightedPart[] = []
  const open: number[] = []
  for (const { 0: sign, 1: number, index } of prompt.matchAll(SIGN)) {
    if (sign.startsWith('\\')) continue
    if (sign === '(') {
      open.push(index)
      continue
    }
    const start = open.pop()
    if (start === undefined || number === undefined) continue
    parts.push({ start, end: index + sign.length, textStart: start + 1, textEnd: index, weight: Number(number) })
  }
  return parts
}

/** A change of the field's text: what to put where, and what is selected then. */
export interface PromptChange {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly selection: readonly [start: number, end: number]
}

const STEP = 0.1
/** As the engine reads them; 0 would take the words out unseen. */
const LEAST = 0.1
const MOST = 4
/** What words are made of, in any script; emoji too. */
const WORD = /[^\s,.;:!?()\\]+/g

/**
 * Gives the selected words, or the word at the caret, more weight or less: writes `(word:1.1)`, changes the number of a part
 * that has one, and takes the brackets away at 1.
 *
 * @param steps  tenths, e.g. 1 or −1.
 * @returns null where there is no word.
 */
export function changeWeight(prompt: string, selection: readonly [start: number, end: number], steps: number): PromptChange | null {
  const [from, to] = trimRange(prompt, selection)
  const part = findWeightedParts(prompt).find(({ start, end }) => start <= from && to <= end)
  if (part) return reweigh(prompt, part, [from, to], roundToStep(part.weight + steps * STEP))
  const [start, end] = from < to ? [from, to] : findWord(prompt, from)
  if (start === end) return null
  const text = `(${prompt.slice(start, end)}:${roundToStep(1 + steps * STEP)})`
  const kept = from < to ? [start + 1, end + 1] as const : [from + 1, from + 1] as const
  return { start, end, text, selection: kept }
}

function reweigh(prompt: string, part: WeightedPart, selection: readonly [number, number], weight: number): PromptChange {
  const { start, end, textStart, textEnd } = part
  const words = prompt.slice(textStart, textEnd)
  const isPlain = weight === 1
  // The brackets come or go: what was selected in them stays selected.
  const shift = isPlain ? -1 : 0
  const clamp = (at: number) => Math.min(textEnd, Math.max(textStart, at)) + shift
  return { start, end, text: isPlain ? words : `(${words}:${weight})`, selection: [clamp(selection[0]), clamp(selection[1])] }
}

const roundToStep = (weight: number) => Math.min(MOST, Math.max(LEAST, Math.round(weight / STEP) / (1 / STEP)))

function trimRange(prompt: string, [start, end]: readonly [number, number]): [number, number] {
  const selected = prompt.slice(start, end)
  const lead = selected.length - selected.trimStart().length
  return selected.trim() === '' ? [start, start] : [start + lead, start + lead + selected.trim().length]
}

function findWord(prompt: string, caret: number): [number, number] {
  for (const { 0: word, index } of prompt.matchAll(WORD)) {
    if (index <= caret && caret <= index + word.length) return [index, index + word.length]
  }
  return [caret, caret]
}
