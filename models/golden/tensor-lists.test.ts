import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { goldenFile } from './golden.ts'
import { listAmusedTensors, publishedAmused } from './made-up-checkpoint.ts'

async function readList(name: string): Promise<Record<string, number[]>> {
  const lines = (await readFile(goldenFile(name), 'utf8')).trim().split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(lines.map(([tensor, dims]) => [tensor!, JSON.parse(dims!) as number[]]))
}

describe('the graphs of a published config take exactly the published tensors', () => {
  it.each([['256', false], ['512', true]])('aMUSEd %s, transformer', async (size, isLarge) => {
    const { transformer } = listAmusedTensors(publishedAmused(isLarge))
    expect(Object.fromEntries(transformer)).toEqual(await readList(`tensors_amused${size}.txt`))
  })

  it('aMUSEd, VQ model', async () => {
    expect(Object.fromEntries(listAmusedTensors(publishedAmused(true)).vqvae)).toEqual(await readList('tensors_vq.txt'))
  })
})
