import { describe, expect, it } from 'vitest'
import { PackError } from '../../importing/pack-error.ts'
import { wordTokenizer } from './word-tokenizer.ts'

const WORDS = ['<pad>', '<unk>', '<s>', '8-bit', 'a', 'beach', 'cat', 'cats', 'at', 'sunset', 'watercolour', 'watercolor']
const settings = { kind: 'words', vocabulary: 'vocab.json', paddingId: 0, unknownId: 1, startId: 2 }
const open = (vocabulary: unknown = WORDS, maxTokens = 6) =>
  wordTokenizer.open(settings, async () => JSON.stringify(vocabulary), maxTokens)

const ids = async (prompt: string) => [...(await open()).encode(prompt).ids]
const unknown = async (prompt: string) => (await open()).read(prompt).unknownWords

describe('encoding', () => {
  it('begins with the start word and is padded', async () => {
    expect(await ids('a cat')).toEqual([2, 4, 6, 0, 0, 0])
  })

  it('is the start word alone for the empty prompt', async () => {
    expect(await ids('')).toEqual([2, 0, 0, 0, 0, 0])
    expect(await ids(' ,. ')).toEqual([2, 0, 0, 0, 0, 0])
  })

  it('lowers letters, drops punctuation and keeps hyphens', async () => {
    expect(await ids('8-BIT, Cats!')).toEqual([2, 3, 7, 0, 0, 0])
  })

  it('stands the unknown word in for what it does not know', async () => {
    expect(await ids('zebra cat')).toEqual([2, 1, 6, 0, 0, 0])
  })

  it('is cut to what the text encoder takes', async () => {
    expect(await ids('a cat at a beach at sunset')).toEqual([2, 4, 6, 8, 4, 5])
  })

  it('tells words from padding', async () => {
    expect([...(await open()).encode('a cat').attentionMask]).toEqual([1, 1, 1, 0, 0, 0])
  })
})

describe('reading', () => {
  it('tells a prompt of which it knows hardly a word', async () => {
    const tokenizer = await open()
    expect(tokenizer.read('my grandmother’s kitchen').isFar).toBe(true)
    expect(tokenizer.read('a cat at breakfast').isFar).toBe(false)
  })

  it('finds nothing to say about a prompt that is understood', async () => {
    expect((await open()).read('A cat at sunset')).toEqual({ cutAt: null, unknownWords: [], isFar: false })
  })

  it('says where a long prompt is cut', async () => {
    const prompt = 'a cat at a beach at sunset'
    expect((await open()).read(prompt).cutAt).toBe(prompt.lastIndexOf('at sunset'))
  })

  it('marks an unknown word and offers the nearest known ones', async () => {
    expect(await unknown('a  beech at sunset')).toEqual([{ start: 3, end: 8, word: 'beech', nearest: ['beach'] }])
    expect((await unknown('watercolur'))[0]!.nearest).toEqual(['watercolor', 'watercolour'])
    expect((await unknown('xylophone'))[0]!.nearest).toEqual([])
  })

  it.each([
    ['letters of another script', 'кошка', 'кошка'],
    ['an emoji', '🐱', '🐱'],
    ['a joined emoji', '👩‍🚀', '👩‍🚀'],
    ['an accent', 'çat', 'çat'],
    ['a possessive', 'cat’s', 'cat’s'],
  ])('marks %s as a whole, at its UTF-16 offsets', async (_, word, marked) => {
    const prompt = `a ${word} at`
    const [found, ...others] = await unknown(prompt)
    expect(others).toEqual([])
    expect(found).toMatchObject({ word: marked, start: 2, end: 2 + word.length })
    expect(prompt.slice(found!.start, found!.end)).toBe(word)
  })

  it('keeps offsets where lowering a letter makes it longer', async () => {
    const prompt = 'İİ zebra'
    const { start, end } = (await unknown(prompt)).find(({ word }) => word === 'zebra')!
    expect(prompt.slice(start, end)).toBe('zebra')
  })
})

describe('opening', () => {
  it.each([
    ['no list', { a: 1 }],
    ['a list of other things', [1, 2, 3]],
    ['a list without the special words', ['<pad>']],
  ])('refuses %s', async (_, vocabulary) => {
    await expect(open(vocabulary)).rejects.toMatchObject({ problem: 'tokenizer-unreadable', file: 'vocab.json' })
  })

  it('refuses a description that lacks the special ids', async () => {
    const opening = wordTokenizer.open({ kind: 'words', vocabulary: 'vocab.json' }, async () => '[]', 6)
    await expect(opening).rejects.toBeInstanceOf(PackError)
  })
})
