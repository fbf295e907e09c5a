import { describe, expect, it } from 'vitest'
import { readFile } from 'node:fs/promises'
import { goldenFile } from '../../golden/golden.ts'
import { clipTokenizer } from './clip-tokenizer.ts'
import type { TextTokenizer } from './text-tokenizer.ts'
import { withPromptWeights } from './weighted-prompts.ts'
import { wordTokenizer } from './word-tokenizer.ts'

const VOCABULARY = ['[pad]', '[unk]', '[cls]', 'a', 'red', 'fox', 'hare', 'in', 'snow']

async function openWords(maxTokens = 8): Promise<TextTokenizer> {
  const settings = { kind: 'words', vocabulary: 'v', paddingId: 0, unknownId: 1, startId: 2 }
  return withPromptWeights(await wordTokenizer.open(settings, async () => JSON.stringify(VOCABULARY), maxTokens))
}

async function openClip(): Promise<TextTokenizer> {
  const settings = {
    kind: 'clip-bpe', vocabulary: 'vocab.json', merges: 'merges.txt', startToken: '<|startoftext|>', endToken: '<|endoftext|>', paddingId: 0,
  }
  return withPromptWeights(await clipTokenizer.open(settings, (name) => readFile(goldenFile('clip_tokenizer', name), 'utf8'), 12))
}

const round = (weights: Float32Array) => [...weights].map((weight) => Math.round(weight * 100) / 100)

describe('a tokenizer that reads weights', () => {
  it('gives the text’s tokens and each its weight, the special ones 1', async () => {
    const tokenizer = await openWords()
    const { ids, weights } = tokenizer.encode('a (red fox:1.3) in (snow:0.5)')
    expect([...ids]).toEqual([...tokenizer.encode('a red fox in snow').ids])
    expect(round(weights)).toEqual([1, 1, 1.3, 1.3, 1, 0.5, 1, 1])
  })

  it('takes a weight of 1, none and brackets that weigh nothing alike', async () => {
    const tokenizer = await openWords()
    for (const prompt of ['a (fox:1) in snow', 'a fox in snow', 'a (fox) in snow', 'a \\(fox\\) in snow', 'a (fox in snow', 'a fox) in snow']) {
      expect(tokenizer.encode(prompt), prompt).toEqual(tokenizer.encode('a fox in snow'))
    }
  })

  it('counts no sign of a weight as a word, where it cuts and where it does not know one', async () => {
    const prompt = 'a (red:1.4) (wolff:1.2) in snow'
    const { cutAt, unknownWords } = (await openWords(5)).read(prompt)
    expect(prompt.slice(cutAt!)).toBe('snow')
    expect(unknownWords.map(({ start, end, word }) => [word, prompt.slice(start, end)])).toEqual([['wolff', 'wolff']])
  })

  it('finds the pieces of a word in byte-pair encoding, beside punctuation, accents and emoji', async () => {
    const tokenizer = await openClip()
    const weightsOf = (prompt: string) => round(tokenizer.encode(prompt).weights)
    expect(weightsOf('a (fox:2), it’s')).toEqual([1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    const pieces = tokenizer.encode('zugspitzbahn').ids.findIndex((id) => id === 49_407) - 1
    expect(pieces).toBeGreaterThan(1)
    expect(weightsOf('(zugspitzbahn:0.5) a')).toEqual(Array.from({ length: 12 }, (_, i) => (i >= 1 && i <= pieces ? 0.5 : 1)))
    expect(weightsOf('é (🐱:2) a').filter((weight) => weight === 2).length).toBeGreaterThan(0)
    expect(weightsOf('é (🐱:2) a').at(-1)).toBe(1)
    expect(weightsOf('a a a a a a a a a a a (a:2)')).toEqual(Array(12).fill(1))
  })
})
