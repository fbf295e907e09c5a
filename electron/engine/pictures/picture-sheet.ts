import sharp from 'sharp'
import type { ExportOptions } from '../../api/images.ts'
import type { PlanarImage } from '../../../models/runtime/vq-tokenizer.ts'

/** A picture and the words below it. */
export interface SheetPicture {
  readonly image: PlanarImage
  readonly words: string
}

/** Pictures side by side, and pixels of each and of the two lines of words below it. */
const COLUMNS = 8
const SIDE = 160
const WORDS_HEIGHT = 30
const FONT_SIZE = 10
const LETTERS_A_LINE = 28

/** The pictures as one, each at 160 × 160 pixels, with their words. */
export async function drawSheet(pictures: readonly SheetPicture[], format: ExportOptions['format']): Promise<Uint8Array> {
  const parts = await Promise.all(pictures.flatMap(({ image, words }, i) => {
    const [left, top] = [(i % COLUMNS) * SIDE, Math.floor(i / COLUMNS) * (SIDE + WORDS_HEIGHT)]
    return [
      shrink(image).then((input) => ({ input, left, top })),
      { input: Buffer.from(svgOfWords(words)), left, top: top + SIDE },
    ]
  }))
  const rows = Math.ceil(pictures.length / COLUMNS)
  const paper = { width: COLUMNS * SIDE, height: Math.max(1, rows) * (SIDE + WORDS_HEIGHT), channels: 3, background: '#ffffff' } as const
  return new Uint8Array(await sharp({ create: paper }).composite(parts).toFormat(format, { quality: 90 }).toBuffer())
}

function shrink({ width, height, data }: PlanarImage): Promise<Buffer> {
  const pixels = new Uint8Array(3 * width * height)
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) pixels[3 * i + channel] = Math.round(255 * data[channel * width * height + i]!)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } }).resize(SIDE, SIDE).png().toBuffer()
}

function svgOfWords(words: string): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const lines = breakLines(words).map((line, i) => `<text x="3" y="${(i + 1) * (FONT_SIZE + 2)}">${escaped(line)}</text>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${WORDS_HEIGHT}" font-family="sans-serif" font-size="${FONT_SIZE}">${lines.join('')}</svg>`
}

/** Two lines; what does not fit is left out. */
function breakLines(words: string): string[] {
  const lines = ['']
  for (const word of words.split(' ')) {
    const longer = `${lines.at(-1)!} ${word}`.trim()
    if (longer.length <= LETTERS_A_LINE) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.slice(0, 2)
}
