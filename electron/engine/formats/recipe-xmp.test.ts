import { expect, test } from 'vitest'
import { readRecipeXmp, writeRecipeXmp } from './recipe-xmp.ts'

const AWKWARD = { request: { prompt: `<x a="1">&amp; it's ]]> \u{1F436} \\ "quoted" &lt;` } }

test('reads back what it wrote, whatever the prompt says', () => {
  for (const recipe of [AWKWARD, [], 'text', { nested: [1, null, { a: true }] }]) {
    expect(readRecipeXmp(writeRecipeXmp(recipe))).toEqual(recipe)
  }
})

test('reads a recipe that another program has rewritten as an attribute', () => {
  const rewritten = `<rdf:Description xmlns:remask="urn:x" remask:recipe="{&quot;a&quot;:1}" dc:format="image/png"/>`
  expect(readRecipeXmp(Buffer.from(rewritten))).toEqual({ a: 1 })
})

test('the XMP of other programs, and what is damaged, has no recipe', () => {
  expect(readRecipeXmp(Buffer.from('<x:xmpmeta><dc:title>Lake</dc:title></x:xmpmeta>'))).toBeNull()
  expect(readRecipeXmp(Buffer.from('<remask:recipe>{"a":</remask:recipe>'))).toBeNull()
  expect(readRecipeXmp(new Uint8Array(0))).toBeNull()
})
