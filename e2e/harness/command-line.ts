import { spawn } from 'node:child_process'
import path from 'node:path'
import sharp from 'sharp'

const root = path.join(import.meta.dirname, '../..')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs one command of the built program to its end. */
export function runCommand(dataFolder: string, args: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, REMASK_DATA_FOLDER: dataFolder }
  const child = spawn(process.execPath, [path.join(root, 'dist/electron/cli.js'), ...args], { env })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

/** Of a mask or a grey picture: [height × width]. */
export async function readGrey(file: string): Promise<{ width: number; height: number; data: Buffer }> {
  const { data, info } = await sharp(file).toColourspace('b-w').extractChannel(0).raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
