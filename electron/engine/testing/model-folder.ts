import { cp, writeFile } from 'node:fs/promises'
import path from 'node:path'

const GOLDEN = path.resolve(import.meta.dirname, '../../../models/golden')

/** A tiny aMUSEd with random weights that diffusers saved, and what the tests add to it: a model card. */
export async function copyTinyModel(folder: string, { card = CARD } = {}): Promise<string> {
  await cp(path.join(GOLDEN, 'diffusers_pipeline'), folder, { recursive: true })
  await writeFile(path.join(folder, 'README.md'), card)
  return folder
}

const CARD = '---\nlicense: openrail++\n---\n# Tiny\n\n<script>alert(1)</script> ![far](https://example.com/picture.png)\n'
