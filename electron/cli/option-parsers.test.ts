import { describe, expect, it } from 'vitest'
import { numberFrom, parseExtension, parseOutput, parsePlaces, parseSize, wholeNumber } from './option-parsers.ts'

describe('the command line', () => {
  it('takes sizes, extensions and files as they are written in the manual', () => {
    expect(parseSize('256x128')).toEqual({ width: 256, height: 128 })
    expect(parseExtension('0,16,128,0')).toEqual({ left: 0, top: 16, right: 128, bottom: 0 })
    expect(parseOutput('folder/a.JPG')).toEqual({ file: 'folder/a.JPG', format: 'jpeg' })
    expect(wholeNumber(0, 0xffff_ffff)('4294967295')).toBe(4_294_967_295)
    expect(numberFrom(1, 20)('3.5')).toBe(3.5)
  })

  it.each(['', '0x5', '256', '256x', 'x256', '1.5x2', '-1x5', '256x256x3'])('refuses "%s" as a size', (text) => {
    expect(() => parseSize(text)).toThrow(/256x256/)
  })

  it.each(['', '1,2,3', '0,0,0,0', '1,2,3,-4', '1,2,3,4,5', 'a,b,c,d', '1,,2,3'])('refuses "%s" as an extension', (text) => {
    expect(() => parseExtension(text)).toThrow(/four whole numbers/)
  })

  it.each(['', '-1', '1.5', '1e3', '65', 'ten'])('refuses "%s" as a number of steps', (text) => {
    expect(() => wholeNumber(1, 64)(text)).toThrow(/from 1 to 64/)
  })

  it.each(['', 'much', '0.5', '21', 'NaN'])('refuses "%s" as guidance', (text) => {
    expect(() => numberFrom(1, 20)(text)).toThrow(/from 1 to 20/)
  })

  it('takes places, and refuses what is none', () => {
    expect(parsePlaces('120,80  3,4')).toEqual([{ x: 120, y: 80 }, { x: 3, y: 4 }])
    for (const text of ['', '1', '1,2,3', '-1,2', 'a,b']) expect(() => parsePlaces(text)).toThrow(/120,80/)
  })

  it('refuses a format it cannot write', () => {
    expect(() => parseOutput('a.gif')).toThrow(/\.webp/)
  })
})
