import { expect, test } from 'vitest'
import type { Conditioning, TextEncoder } from '../../models/runtime/text-encoder.ts'
import { encodePrompts } from './encode-prompts.ts'

test('reads each prompt once, so that equal ones are one object', async () => {
  const read: string[] = []
  const textEncoder = { encode: async (prompt: string) => (read.push(prompt), { tensors: {} } as Conditioning) } as unknown as TextEncoder
  const conditionings = await encodePrompts(textEncoder, ['a lake', '', 'a lake'])
  expect(read).toEqual(['a lake', ''])
  expect([...conditionings.keys()]).toEqual(read)
})
