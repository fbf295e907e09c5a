import { readTokens, writeTokens } from '../../models/runtime/kept-tokens.ts'
import { MASK_TOKEN } from '../../models/runtime/masked-transformer.ts'
import { planarFromRgb, rgbFromPlanar } from '../../models/runtime/planar-image.ts'
import type { TokenAnswer, TokenQuestion } from '../api/inference.ts'
import type { ReadyPack } from './pack-cache.ts'

type Answers = {
  readonly [Kind in TokenQuestion['kind']]: (
    question: Extract<TokenQuestion, { kind: Kind }>,
    ready: ReadyPack,
  ) => Promise<Extract<TokenAnswer, { kind: Kind }>>
}

const ANSWERS: Answers = {
  async encode({ image }, { stages }) {
    const { tokens } = await stages.at(-1)!.tokenizer.imageToTokens(planarFromRgb(image.width, image.height, image.data))
    return { kind: 'encode', tokens: writeTokens(tokens) }
  },

  async decode({ rows, columns, tokens }, ready) {
    const stage = finestStage(ready, { rows, columns }, readTokens(tokens))
    const image = await ready.stages[stage.index]!.tokenizer.tokensToImage({ ...stage, tokens: fillGaps(stage.tokens) })
    return { kind: 'decode', raster: { width: image.width, height: image.height, data: rgbFromPlanar(image) } }
  },

  async colours(_question, { stages }) {
    const colours = await stages.at(-1)!.tokenizer.codebookColors()
    return { kind: 'colours', colours: Uint8Array.from(colours, (value) => Math.round(value * 255)) }
  },
}

/** @throws {RangeError} when tokens do not fill the pack's grids. */
export function answerQuestion(question: TokenQuestion, ready: ReadyPack): Promise<TokenAnswer> {
  const answer = ANSWERS[question.kind] as (question: TokenQuestion, ready: ReadyPack) => Promise<TokenAnswer>
  return answer(question, ready)
}

/** The finest stage of which anything is known. */
function finestStage({ pack }: ReadyPack, finest: { rows: number; columns: number }, tokens: Int32Array) {
  const { downsampleFactor } = pack.stages.at(-1)!
  let end = tokens.length
  for (let index = pack.stages.length - 1; index >= 0; index--) {
    const ratio = pack.stages[index]!.downsampleFactor / downsampleFactor
    const [rows, columns] = [finest.rows / ratio, finest.columns / ratio]
    const own = tokens.subarray(end - rows * columns, end)
    end -= own.length
    if (index === 0 || own.some((token) => token !== MASK_TOKEN)) {
      if (own.length !== rows * columns) throw new RangeError(`${tokens.length} tokens do not fill the pack's grids`)
      return { index, rows, columns, tokens: own }
    }
  }
  throw new RangeError('a pack without stages')
}

/** The decoder takes no masks: cells no pass has looked at yet show the commonest of the others. */
function fillGaps(tokens: Int32Array): Int32Array {
  const counts = new Map<number, number>()
  for (const token of tokens) if (token !== MASK_TOKEN) counts.set(token, (counts.get(token) ?? 0) + 1)
  const [commonest = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  return tokens.map((token) => (token === MASK_TOKEN ? commonest : token))
}
