import { access, constants, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../api/errors.ts'
import type { Candidate, Job } from '../api/jobs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { EngineSession } from './engine-session.ts'
import type { Output } from './option-parsers.ts'

/** What `--json` prints of each file, one line each. */
export interface Result {
  readonly file: string
  readonly seed: number
  readonly steps: number
  readonly seconds: number
  readonly secondsPerStep: number
  readonly recipe: Candidate['recipe']
}

/** `a.png` for one picture; `a-1.png`, `a-2.png`, … for several. */
export function nameFiles(file: string, count: number): string[] {
  if (count === 1) return [file]
  const { dir, name, ext } = path.parse(file)
  return Array.from({ length: count }, (_, index) => path.join(dir, `${name}-${index + 1}${ext}`))
}

/** Before anything is computed. Throws EngineError `file-unwritable`. */
export async function checkWritable({ file }: Output): Promise<void> {
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch((cause: unknown) => {
    throw new EngineError('file-unwritable', STRINGS.unwritable(file), { cause })
  })
}

/** Writes the candidates of a job: all of them, or none. Throws EngineError `file-unwritable`. */
export async function writeResults(session: EngineSession, job: Job, { file, format }: Output): Promise<Result[]> {
  const files = nameFiles(file, job.candidates.length)
  const halves = files.map((name) => path.join(path.dirname(name), `.${path.basename(name)}.${process.pid}.part`))
  const written: string[] = []
  try {
    for (const [index, { imageId, recipe }] of job.candidates.entries()) {
      const bytes = await exportImage(session, { imageId, format, recipe })
      await writeFile(halves[index] as string, bytes)
    }
    for (const [index, name] of files.entries()) {
      await rename(halves[index] as string, name)
      written.push(name)
    }
  } catch (cause) {
    await Promise.all([...halves, ...written].map((name) => rm(name, { force: true })))
    if (cause instanceof EngineError) throw cause
    throw new EngineError('file-unwritable', STRINGS.unwritable(file), { cause })
  }
  return job.candidates.map((candidate, index) => describeResult(files[index] as string, candidate))
}

async function exportImage(session: EngineSession, options: object): Promise<Uint8Array> {
  const response = await session.fetch('/api/exports', {
    method: 'POST',
    body: JSON.stringify(options),
    headers: { 'content-type': 'application/json' },
  })
  if (!response.ok) throw await EngineError.fromResponse(response)
  return new Uint8Array(await response.arrayBuffer())
}

function describeResult(file: string, { recipe, stepCount, seconds }: Candidate): Result {
  return {
    file,
    seed: recipe.request.seed ?? 0,
    steps: stepCount,
    seconds,
    secondsPerStep: seconds / Math.max(1, stepCount),
    recipe,
  }
}
