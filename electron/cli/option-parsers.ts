import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { PixelSize } from '../api/geometry.ts'
import type { ExportOptions } from '../api/images.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'

// Each throws commander's InvalidArgumentError, which names the option and ends the program with 2.

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(STRINGS.badWholeNumber(least, most))
    }
    return value
  }
}

export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(STRINGS.badNumber(least, most))
    }
    return value
  }
}

export function parseSize(text: string): PixelSize {
  const [, width, height] = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/i.exec(text) ?? []
  if (width === undefined || height === undefined) throw new InvalidArgumentError(STRINGS.badSize)
  return { width: Number(width), height: Number(height) }
}

/** Pixels to add on each side. */
export interface Extension {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function parseExtension(text: string): Extension {
  const sides = text.split(',')
  const [left = 0, top = 0, right = 0, bottom = 0] = sides.map(Number)
  if (sides.length !== 4 || !sides.every((side) => /^\d{1,6}$/.test(side)) || left + top + right + bottom === 0) {
    throw new InvalidArgumentError(STRINGS.badExtension)
  }
  return { left, top, right, bottom }
}

export function parsePlaces(text: string): { x: number; y: number }[] {
  return text.trim().split(/\s+/).map((place) => {
    const [, x, y] = /^(\d{1,6}),(\d{1,6})$/.exec(place) ?? []
    if (x === undefined || y === undefined) throw new InvalidArgumentError(STRINGS.badPoints)
    return { x: Number(x), y: Number(y) }
  })
}

const FORMATS: Record<string, ExportOptions['format']> = { '.png': 'png', '.jpg': 'jpeg', '.jpeg': 'jpeg', '.webp': 'webp' }

export function parsePngOutput(file: string): string {
  if (path.extname(file).toLowerCase() !== '.png') throw new InvalidArgumentError(STRINGS.badMaskFormat(file))
  return file
}

/** Where to write and, from its ending, in which format. */
export interface Output {
  readonly file: string
  readonly format: ExportOptions['format']
}

export function parseOutput(file: string): Output {
  const format = FORMATS[path.extname(file).toLowerCase()]
  if (format === undefined) throw new InvalidArgumentError(STRINGS.badFormat(file))
  return { file, format }
}
