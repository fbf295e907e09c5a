import { expect, it } from 'vitest'
import { editRequestSchema } from '../../api/edits.ts'
import { listEditRequests } from './edit-requests.ts'

const HASH = 'a'.repeat(64)
const picture = { image: HASH, bounds: { x: 0, y: 0, width: 128, height: 64 }, mask: HASH }
const common = { prompt: 'a lake', seed: 1, count: 1, packId: null, steps: null }

it('asks for every edit of a picture that the engine knows, in requests it takes', () => {
  const kinds = editRequestSchema.options.map(({ shape }) => shape.kind.value)
  const listed = listEditRequests(picture, kinds, common)
  expect([...listed.map(({ kind }) => kind), 'generate'].sort()).toEqual([...kinds].sort())
  for (const { request } of listed) expect(() => editRequestSchema.parse(request)).not.toThrow()
})

it('leaves out what the pack cannot do', () => {
  expect(listEditRequests(picture, ['generate', 'vary'], common).map(({ kind }) => kind)).toEqual(['vary'])
})
