import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { goldenFile } from '../../golden/golden.ts'
import { clipTokenizer } from './clip-tokenizer.ts'
import type { PlainTokenizer } from './text-tokenizer.ts'

interface Cases {
  readonly agree: readonly { text: string; ids: number[]; padded_pad_eos: number[]; padded_pad_0: number[] }[]
  readonly variant_dependent: readonly { text: string; hf_fast: number[] }[]
}

const settings = {
  kind: 'clip-bpe', vocabulary: 'vocab.json', merges: 'merges.txt', startToken: '<|startoftext|>', endToken: '<|endoftext|>',
}
const readText = (name: string) => readFile(goldenFile('clip_tokenizer', name), 'utf8')
const open = (paddingId: number, maxTokens = 77) => clipTokenizer.open({ ...settings, paddingId }, readText, maxTokens)

let cases: Cases
let padded: PlainTokenizer
beforeAll(async () => {
  cases = JSON.parse(await readText('cases.json')) as Cases
  padded = await open(0)
})

describe('clipTokenizer', () => {
  it('gives the published ids, filled up with either padding', async () => {
    const paddedWithEnd = await open(49_407)
    expect(cases.agree).toHaveLength(67)
    for (const { text, padded_pad_0, padded_pad_eos } of cases.agree) {
      expect([...padded.encode(text).ids], text).toEqual(padded_pad_0)
      expect([...paddedWithEnd.encode(text).ids], text).toEqual(padded_pad_eos)
    }
  })

  it('cleans text as the fast tokenizer does where builds differ', async () => {
    expect(cases.variant_dependent).toHaveLength(10)
    for (const { text, hf_fast } of cases.variant_dependent) {
      expect([...padded.encode(text).ids.subarray(1, 1 + hf_fast.length)], text).toEqual(hf_fast)
      expect(padded.encode(text).ids[1 + hf_fast.length], text).toBe(49_407)
    }
  })

  it('tells text from padding', () => {
    expect([...padded.encode('a cat').attentionMask.subarray(0, 6)]).toEqual([1, 1, 1, 1, 0, 0])
  })

  it('cuts a prompt where the encoder stops reading, at the start of a word', async () => {
    const short = await open(0, 8)
    const prompt = 'a photo of a cat and a dog'
    const { cutAt } = short.read(prompt)
    expect(prompt.slice(cutAt!)).toBe('a dog')
    expect([...short.encode(prompt).ids]).toEqual([...short.encode(prompt.slice(0, cutAt!)).ids])
    expect(short.read('a photo of a cat and').cutAt).toBeNull()
  })

  it('cuts inside where there are no spaces', async () => {
    const short = await open(0, 12)
    const prompt = '風景'.repeat(40)
    const { cutAt } = short.read(prompt)
    expect(cutAt).toBeGreaterThan(0)
    expect(cutAt).toBeLessThan(20)
  })

  it('knows every word', () => {
    expect(padded.read('xyzzy ☃ 猫').unknownWords).toEqual([])
  })

  it.each([
    ['no vocabulary', '[]', '#version: 0.2\n'],
    ['a vocabulary without the end', '{"<|startoftext|>": 0}', '#version: 0.2\n'],
    ['a merge of three parts', '{"<|startoftext|>": 0, "<|endoftext|>": 1}', 'a b c\n'],
  ])('says that %s cannot be read', async (_, vocabulary, merges) => {
    const opening = clipTokenizer.open({ ...settings, paddingId: 0 }, async (name) => (name === 'vocab.json' ? vocabulary : merges), 77)
    await expect(opening).rejects.toMatchObject({ problem: 'tokenizer-unreadable' })
  })
})
