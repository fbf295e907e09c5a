import { existsSync } from 'node:fs'
import path from 'node:path'
import { listBackends } from './onnx-session.ts'

/** Where Linux distributions put libraries, besides what LD_LIBRARY_PATH says. */
const LIBRARY_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib',
]
/** Through it WebGPU reaches a card on Linux. Without it an attempt says so on the terminal each time, in its own words. */
const VULKAN_LIBRARY = 'libvulkan.so.1'

/**
 * What is worth a trial nobody asked for: what ONNX Runtime brings itself, and for which the system has what it needs. The
 * others can be asked for by name.
 */
export function listLikelyProviders(platform = process.platform, hasFile: (file: string) => boolean = existsSync): string[] {
  return listBackends().filter(({ name, bundled }) => bundled && (name !== 'webgpu' || platform !== 'linux' || hasVulkan(hasFile))).map(({ name }) => name)
}

/** What this build of ONNX Runtime can run graphs on here, by its names; whether the machine can is another matter. */
export function listProviders(): string[] {
  return listBackends().map(({ name }) => name)
}

function hasVulkan(hasFile: (file: string) => boolean): boolean {
  const own = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '')
  return [...own, ...LIBRARY_FOLDERS].some((folder) => hasFile(path.join(folder, VULKAN_LIBRARY)))
}
