import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { errnoOf, toDiskError } from '../api/disk-problems.ts'
import { orderCandidates } from '../api/candidate-order.ts'
import { EngineError } from '../api/errors.ts'
import type { Candidate, Job } from '../api/jobs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { unlessMissing } from '../engine/storage/disk-errors.ts'
import type { EngineSession } from './engine-session.ts'
import type { Output } from './option-parsers.ts'
import { replaceFiles } from './replace-files.ts'
import { describeTokens, nameTokenFile } from './token-files.ts'

/** What `--json` prints of each file, one line each. */
export interface Result {
  readonly file: string
  readonly seed: number
  readonly steps: number
  readonly seconds: number
  readonly secondsPerStep: number
  /** 1 = the best match of the pictures written, as the tray orders them; null = nothing tells them apart. */
  readonly place: number | null
  readonly scores: Candidate['scores'] | null
  readonly recipe: Candidate['recipe']
}

/** `a.png` for one picture; `a-1.png`, `a-2.png`, … for several. */
export function nameFiles(file: string, count: number): string[] {
  if (count === 1) return [file]
  const { dir, name, ext } = path.parse(file)
  return Array.from({ length: count }, (_, index) => path.join(dir, `${name}-${index + 1}${ext}`))
}

/** All that a command writes: pictures, and where `hasTokens` a file beside each. */
export function nameOutputs(file: string, count: number, hasTokens: boolean): string[] {
  const files = nameFiles(file, count)
  return hasTokens ? [...files, ...files.map(nameTokenFile)] : files
}

/** Before anything is computed. Throws EngineError `file-unwritable` for the first of the files that cannot be written. */
export async function checkWritable(files: readonly string[]): Promise<void> {
  for (const name of files) {
    const found = await unlessMissing(stat(name), undefined).catch((cause: unknown) => refuse(name, cause))
    if (found?.isDirectory()) throw new EngineError('file-unwritable', STRINGS.isFolder(name))
    if (found) await access(name, constants.W_OK).catch((cause: unknown) => refuse(name, cause))
    await access(path.dirname(path.resolve(name)), constants.W_OK).catch((cause: unknown) => refuse(name, cause))
  }
}

/**
 * Writes the candidates of a job, and where `hasTokens` their steps' tokens beside them: all of them, or none; files that were there before are lost only to whole new ones.
 * Throws EngineError `file-unwritable`, `disk-full`, and Cancelled.
 */
export async function writeResults(session: EngineSession, job: Job, { file, format }: Output, hasTokens: boolean): Promise<Result[]> {
  const files = nameFiles(file, job.candidates.length)
  await replaceFiles(nameOutputs(file, files.length, hasTokens), async (at) => {
    session.interruption.throwIfAborted()
    const candidate = job.candidates[at % files.length]!
    if (at >= files.length) return new TextEncoder().encode(`${JSON.stringify(await describeTokens(session, job, candidate.index))}\n`)
    return exportImage(session, { imageId: candidate.imageId, format, recipe: candidate.recipe })
  }).catch((thrown: unknown) => refuse(file, thrown))
  const { indexes, reason } = orderCandidates(job.candidates)
  const placeOf = ({ index }: Candidate) => (reason === null ? null : indexes.indexOf(index) + 1)
  return job.candidates.map((candidate, index) => describeResult(files[index]!, candidate, placeOf(candidate)))
}

/** Says of a file what a system's error means; of the system's errors only a full disk is not about its place. Others pass. */
export function refuse(file: string, cause: unknown): never {
  if (errnoOf(cause) === undefined) throw cause
  const error = toDiskError(cause)
  if (error instanceof EngineError && error.code === 'disk-full') throw error
  throw new EngineError('file-unwritable', errnoOf(cause) === 'ENOENT' ? STRINGS.noFolder(file) : STRINGS.unwritable(file), { cause })
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

function describeResult(file: string, { recipe, scores, stepCount, seconds }: Candidate, place: number | null): Result {
  return {
    file,
    seed: recipe.request.seed ?? 0,
    steps: stepCount,
    seconds,
    secondsPerStep: seconds / Math.max(1, stepCount),
    place,
    scores: scores ?? null,
    recipe,
  }
}
