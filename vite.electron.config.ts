import path from 'node:path'
import { defineConfig } from 'vite'
import { assembleWat } from './assemble-wat.ts'

const from = (file: string) => path.join(import.meta.dirname, 'electron', file)

/**
 * Everything that runs in Node: one entry per process. All entries and their shared chunks lie side by side in
 * `dist/electron`, so `import.meta.dirname` names that folder wherever a module ended up.
 */
export default defineConfig({
  plugins: [assembleWat()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: path.join(import.meta.dirname, 'dist/electron'),
    emptyOutDir: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: from('main/main.ts'),
        inference: from('inference/inference.ts'),
        start: from('server/server-main.ts'),
        cli: from('cli/cli.ts'),
      },
      // Native packages keep their own folders in node_modules; they find their binaries relative to themselves.
      external: ['electron', 'onnxruntime-node', 'sharp'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true },
})
