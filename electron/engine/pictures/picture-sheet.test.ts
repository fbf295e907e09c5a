import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawSheet } from './picture-sheet.ts'

const plain = (red: number) => ({ width: 256, height: 256, data: new Float32Array(3 * 256 * 256).fill(red, 0, 256 * 256) })

describe('drawSheet', () => {
  it('lays pictures out in rows of eight, each above its words', async () => {
    const bytes = await drawSheet(Array.from({ length: 9 }, (_, i) => ({ image: plain(i === 8 ? 1 : 0.5), words: 'a <fox> & an owl' })), 'png')
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([1280, 380])
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
    expect(at(1200, 80)).toEqual([128, 0, 0])
    expect(at(80, 270)).toEqual([255, 0, 0])
    expect(at(400, 270)).toEqual([255, 255, 255])
    const words = Array.from({ length: 160 * 30 }, (_, i) => at(i % 160, 160 + Math.floor(i / 160)))
    expect(words.some(([red]) => red! < 128)).toBe(true)
  })
})
