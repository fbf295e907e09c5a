import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { openPrecisionChoices } from './precision-choices.ts'

describe('what precision the user wants', () => {
  it('is kept, and seen by another program', async () => {
    const folder = join(await makeTestFolder(), 'packs')
    const [here, there] = [await openPrecisionChoices(folder), await openPrecisionChoices(folder)]
    await here.put('amused', 'f32')
    expect(there.get('amused')).toBe('auto')
    await there.refresh()
    expect(there.get('amused')).toBe('f32')
    await there.put('amused', 'auto')
    await there.put('other', 'int8')
    await here.refresh()
    expect([here.get('amused'), here.get('other')]).toEqual(['auto', 'int8'])
    expect(await readdir(folder)).toEqual(['.precisions.json'])
  })

  it('is left to the program where the file says nothing', async () => {
    const folder = await makeTestFolder()
    await writeFile(join(folder, '.precisions.json'), '{"amused": 8')
    expect((await openPrecisionChoices(folder)).get('amused')).toBe('auto')
  })
})
