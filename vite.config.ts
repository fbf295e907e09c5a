import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page. Addresses are relative, so that it runs from `app://` and below the browser host's secret prefix alike. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    // Electron 45's Chromium is newer; these are the oldest browsers the browser host supports.
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // The page's policy forbids inline scripts and data: fonts; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One page loaded from this machine: splitting it further would not make it start sooner.
    chunkSizeWarningLimit: 3000,
    reportCompressedSize: false,
  },
})
