import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readClipTokenizerFiles } from './clip-tokenizer-files.ts'

const VOCABULARY = { '!': 0, 'a</w>': 1, '<|startoftext|>': 2, '<|endoftext|>': 3 }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tokenizer-'))
  await mkdir(path.join(folder, 'tokenizer'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (name: string, content: unknown) =>
  writeFile(path.join(folder, 'tokenizer', name), typeof content === 'string' ? content : JSON.stringify(content))
const read = (vocabularySize = 4) => readClipTokenizerFiles(folder, vocabularySize)

describe('readClipTokenizerFiles', () => {
  beforeEach(async () => {
    await write('vocab.json', VOCABULARY)
    await write('merges.txt', '#version: 0.2\n')
  })

  it('takes the padding from special_tokens_map.json, as text or as an entry', async () => {
    await write('special_tokens_map.json', { pad_token: '!' })
    expect((await read()).settings.paddingId).toBe(0)
    await write('special_tokens_map.json', { pad_token: { content: 'a</w>', lstrip: false } })
    expect((await read()).settings.paddingId).toBe(1)
  })

  it('takes it from tokenizer_config.json when that lists its added tokens', async () => {
    await write('special_tokens_map.json', { pad_token: '<|endoftext|>' })
    await write('tokenizer_config.json', { pad_token: '!' })
    expect((await read()).settings.paddingId).toBe(3)
    await write('tokenizer_config.json', { pad_token: '!', added_tokens_decoder: {} })
    expect((await read()).settings.paddingId).toBe(0)
  })

  it('finds a padding that was added to the vocabulary', async () => {
    await write('tokenizer_config.json', { pad_token: '<pad>', added_tokens_decoder: { 4: { content: '<pad>' } } })
    expect((await read(5)).settings.paddingId).toBe(4)
    await expect(read(4)).rejects.toMatchObject({ problem: 'tokenizer-invalid' })
  })

  it('pads with the end of the text where nothing is said', async () => {
    expect((await read()).settings).toMatchObject({ paddingId: 3, startToken: '<|startoftext|>', endToken: '<|endoftext|>' })
  })

  it.each([
    ['a padding without an id', 'special_tokens_map.json', { pad_token: '<none>' }],
    ['an end that is not in the vocabulary', 'special_tokens_map.json', { eos_token: '</s>' }],
    ['a vocabulary that is a list', 'vocab.json', ['a']],
    ['a vocabulary that is not JSON', 'vocab.json', '{'],
    ['ids the text encoder does not have', 'vocab.json', { ...VOCABULARY, b: 4 }],
  ])('refuses %s', async (_, name, content) => {
    await write(name, content)
    await expect(read()).rejects.toMatchObject({ problem: 'tokenizer-invalid' })
  })
})

describe('readClipTokenizerFiles of a lone tokenizer.json', () => {
  it.each([[['a t</w>']], [[['a', 't</w>']]]])('takes vocabulary and merges out of it: %j', async (merges) => {
    await write('tokenizer.json', { model: { vocab: VOCABULARY, merges } })
    const { vocabularyText, mergesText } = await read()
    expect(JSON.parse(vocabularyText)).toEqual(VOCABULARY)
    expect(mergesText).toBe('#version: 0.2\na t</w>\n')
  })

  it('says what is missing', async () => {
    await expect(read()).rejects.toMatchObject({ problem: 'file-missing', subject: 'tokenizer/vocab.json' })
  })
})
