/** A prompt without its weights' signs. */
export interface WeightedPrompt {
  /** What the text tokenizer reads. */
  readonly text: string
  /** [text.length]: the weight of each UTF-16 unit of `text`; 1 = as it is. */
  readonly weights: Float32Array
  /** [text.length + 1]: where in the prompt each unit of `text` stands; last, the prompt's length. */
  readonly offsets: Uint32Array
}

/** More would drown every other word; the model has never seen the like. */
const MAX_WEIGHT = 4

/** `:1.3)`, as a weighted part ends. */
const ENDING = /:\s*(\d+(?:\.\d*)?|\.\d+)\s*\)/y

/**
 * Reads weights: `(a red fox:1.3)` counts 1.3 times, `((fox:2) and hare:0.5)` multiplies them from inside to outside, and
 * `\(`, `\)`, `\\` stand for the signs themselves. A bracket that begins or ends no weighted part is text, so that every
 * prompt means something. Weights lie in [0, 4]; a larger one counts as 4.
 */
export function readPromptWeights(prompt: string): WeightedPrompt {
  const units: { weight: number; readonly unit: string; readonly offset: number }[] = []
  /** Of each open bracket: its place in `units`, to which it is text until it is closed with a weight. */
  const open: number[] = []
  const dropped = new Set<number>()
  for (let i = 0; i < prompt.length; i++) {
    const isEscaped = prompt[i] === '\\' && /[()\\]/.test(prompt[i + 1] ?? '')
    if (isEscaped) i++
    const unit = prompt[i]!
    const ending = isEscaped || unit !== ':' ? undefined : matchAt(ENDING, prompt, i)
    const start = ending && open.pop()
    if (ending !== undefined && start !== undefined) {
      const weight = Math.min(MAX_WEIGHT, Number(ending[1]))
      for (let inside = start + 1; inside < units.length; inside++) units[inside]!.weight *= weight
      dropped.add(start)
      i += ending[0].length - 1
      continue
    }
    if (!isEscaped && unit === '(') open.push(units.length)
    if (!isEscaped && unit === ')') open.pop()
    units.push({ weight: 1, unit, offset: i })
  }
  const kept = units.filter((_, i) => !dropped.has(i))
  return {
    text: kept.map(({ unit }) => unit).join(''),
    weights: Float32Array.from(kept, ({ weight }) => Math.min(MAX_WEIGHT, weight)),
    offsets: Uint32Array.from([...kept.map(({ offset }) => offset), prompt.length]),
  }
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index
  return pattern.exec(text) ?? undefined
}
