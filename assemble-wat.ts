import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'
import wabt from 'wabt'

/** Vite plugin: an imported `.wat` file is its WebAssembly binary, as bytes. A fault in it is said with line and column. */
export function assembleWat(): Plugin {
  return {
    name: 'assemble-wat',
    async load(id) {
      if (!id.endsWith('.wat')) return null
      const { parseWat } = await wabt()
      const module = parseWat(id, await readFile(id), { simd: true })
      const { buffer } = module.toBinary({})
      module.destroy()
      return `export default Uint8Array.of(${buffer.join()})`
    },
  }
}
