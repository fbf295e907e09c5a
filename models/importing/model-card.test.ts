import { describe, expect, it } from 'vitest'
import { readCardFacts, withoutFrontMatter } from './model-card.ts'

describe('readCardFacts', () => {
  it.each([
    ['---\nlicense: openrail++\ntags:\n- x\n---\n# Card', 'openrail++'],
    ['---\r\nlicense: "apache-2.0"\r\n---\r\n', 'apache-2.0'],
    ["---\nlicense: 'mit' # short\n---\n", 'mit'],
    ['---\nlicense: other\nlicense_name: my-licence\n---\n', 'my-licence'],
    ['---\nlicense: other\n---\n', 'other'],
    ['# Card\nlicense: mit\n', null],
    ['---\ntags: []\n---\nlicense: mit\n', null],
    ['', null],
  ])('reads the licence of %j', (card, licence) => {
    expect(readCardFacts(card).licence).toBe(licence)
  })
})

describe('what is to be read of a card', () => {
  it.each([
    ['---\nlicense: mit\n---\n\n# Card\n', '# Card\n'],
    ['# Card\n---\nrule', '# Card\n---\nrule'],
  ])('leaves out the front matter of %j', (card, text) => {
    expect(withoutFrontMatter(card)).toBe(text)
  })
})
