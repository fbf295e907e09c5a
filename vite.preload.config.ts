import path from 'node:path'
import { defineConfig } from 'vite'

/** A sandboxed preload script: one CommonJS file that requires nothing but `electron`. */
export default defineConfig({
  build: {
    lib: {
      entry: path.join(import.meta.dirname, 'electron/preload/preload.ts'),
      formats: ['cjs'],
      fileName: () => 'preload.cjs',
    },
    target: 'chrome140',
    outDir: path.join(import.meta.dirname, 'dist/electron'),
    emptyOutDir: false,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: { external: ['electron'] },
  },
})
