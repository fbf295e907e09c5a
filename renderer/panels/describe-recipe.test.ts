import { describe, expect, it } from 'vitest'
import { editRequestSchema, type EditRequestInput } from '../../electron/api/edits.ts'
import { describeRecipe } from './describe-recipe.ts'

const IMAGE = 'a'.repeat(64)

function linesOf(request: EditRequestInput): Record<string, string> {
  const recipe = { program: 'Remask', packId: 'starter', packVersion: '1.0.0', request: editRequestSchema.parse(request) } as const
  return Object.fromEntries(describeRecipe(recipe).map(({ name, value }) => [name, value]))
}

describe('a recipe in words', () => {
  it('says what was asked for and how it was drawn', () => {
    const lines = linesOf({ kind: 'vary', image: IMAGE, prompt: 'a beach', strength: 0.3, steps: 8, seed: 5, decodingOrder: 'halton' })
    expect(lines).toMatchObject({ 'Words': 'a beach', 'How much': 'some', 'Steps': '8', 'Order': 'Spread', 'Seed': '5', 'Model': 'starter 1.0.0' })
  })

  it('leaves out what was not said, but says that there were no words', () => {
    const lines = linesOf({ kind: 'remove', image: IMAGE, mask: IMAGE })
    expect(lines).toMatchObject({ Words: 'None' })
    expect(Object.keys(lines)).not.toContain('Left out')
    expect(Object.keys(lines)).not.toContain('Seed')
  })
})
