import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { goldenFile } from '../../golden/golden.ts'
import type { PlainTokenizer } from './text-tokenizer.ts'
import { wordPieceTokenizer } from './wordpiece-tokenizer.ts'

const MAX_TOKENS = 32
const CAPTION_WORDS = ['cat', 'elephant', 'fox', 'house', 'papercut', 'snow', 'red', 'a', 'in', 'the']
const settings = { kind: 'wordpiece', tokenizer: 'tokenizer.json', knownWords: 'words.json' }
const readText = async (name: string) =>
  name === 'words.json' ? JSON.stringify(CAPTION_WORDS) : readFile(goldenFile('minilm_tokenizer', name), 'utf8')

let tokenizer: PlainTokenizer
beforeAll(async () => {
  tokenizer = await wordPieceTokenizer.open(settings, readText, MAX_TOKENS)
})

describe('wordPieceTokenizer', () => {
  it('gives the ids that the Python tokenizer gives', async () => {
    const cases = JSON.parse(await readText('cases.json')) as { text: string; ids: number[] }[]
    expect(cases.length).toBeGreaterThan(40)
    for (const { text, ids } of cases) {
      const encoded = tokenizer.encode(text)
      expect([...encoded.ids].slice(0, ids.length), JSON.stringify(text)).toEqual(ids)
      expect([...encoded.ids].slice(ids.length).every((id) => id === 0)).toBe(true)
      expect(encoded.attentionMask.reduce((sum, bit) => sum + bit, 0)).toBe(ids.length)
    }
  })

  it('the empty prompt is a start and an end', () => {
    expect([...tokenizer.encode('').ids].slice(0, 3)).toEqual([101, 102, 0])
  })

  it('knows every word of the vocabulary, and those of the captions', () => {
    expect(tokenizer.read('a puppy, an automobile, well-known papercut').unknownWords).toEqual([])
  })

  it('offers a word of the captions for a misspelt one', () => {
    const { unknownWords } = tokenizer.read('an elefant in the hosue')
    expect(unknownWords).toEqual([
      { start: 3, end: 10, word: 'elefant', nearest: ['elephant'] },
      { start: 18, end: 23, word: 'hosue', nearest: ['house'] },
    ])
  })

  it('tells a prompt about something else than the captions by how like them its words are', async () => {
    const vocabulary = Object.entries((JSON.parse(await readText('tokenizer.json')) as { model: { vocab: Record<string, number> } }).model.vocab)
    const near = new Set(['puppy', 'kitten'])
    const digits = vocabulary.toSorted(([, a], [, b]) => a - b).map(([word]) => (near.has(word) ? '8' : '2')).join('')
    const read = async (name: string) => (name === 'nearness.txt' ? `${digits}\n` : readText(name))
    const strict = await wordPieceTokenizer.open({ ...settings, nearness: 'nearness.txt' }, read, MAX_TOKENS)
    expect(strict.read("my grandmother's kitchen in 1950").isFar).toBe(true)
    expect(strict.read('a puppy and a kitten in the snow').isFar).toBe(false)
    expect(strict.read('a red fox in the parliament').isFar).toBe(false)
    expect(strict.read('').isFar).toBe(false)
    expect(tokenizer.read("my grandmother's kitchen in 1950").isFar).toBe(false)
  })

  it('says that it cannot read an emoji', () => {
    expect(tokenizer.read('a 🦊').unknownWords).toEqual([{ start: 2, end: 4, word: '🦊', nearest: [] }])
  })

  it('says where it stops reading', () => {
    const prompt = 'red fox '.repeat(16)
    expect(tokenizer.read(prompt).cutAt).toBe('red fox '.length * 15)
    expect(tokenizer.read('red fox '.repeat(15)).cutAt).toBeNull()
  })

  it('refuses files that are no tokenizer', async () => {
    const broken = async (name: string) => (name === 'tokenizer.json' ? '{' : '[]')
    await expect(wordPieceTokenizer.open(settings, broken, MAX_TOKENS)).rejects.toMatchObject({ problem: 'tokenizer-unreadable', file: 'tokenizer.json' })
    await expect(wordPieceTokenizer.open({ kind: 'wordpiece' }, broken, MAX_TOKENS)).rejects.toMatchObject({ problem: 'description-invalid' })
  })
})
