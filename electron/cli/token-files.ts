import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { errnoOf } from '../api/disk-problems.ts'
import { NO_TOKEN, type EditRequestInput } from '../api/edits.ts'
import { EngineError } from '../api/errors.ts'
import type { Job } from '../api/jobs.ts'
import { pinSchema } from '../api/pins.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { EditOptions } from './edit-options.ts'
import { read, readRaw, type EngineSession } from './engine-session.ts'

const token = z.number().int().min(0).max(NO_TOKEN - 1)

/** What `--tokens` writes beside a picture and `--start` reads. */
const tokenFileSchema = z.object({
  /** Where the last stage's cells lie in the picture. */
  cells: z.object({ x: z.number(), y: z.number(), cellSize: z.number(), rows: z.number(), columns: z.number() }),
  /** The last stage's, row-major. */
  tokens: z.array(token),
  /** After each decode step, of all stages, coarse to fine; null = still to be predicted. */
  steps: z.array(z.array(token.nullable())).min(1),
})
type TokenFile = z.infer<typeof tokenFileSchema>

const pinsFileSchema = z.array(pinSchema).min(1)

export function nameTokenFile(picture: string): string {
  const { dir, name } = path.parse(picture)
  return path.join(dir, `${name}.tokens.json`)
}

/** The fields of a request that come from files. Throws EngineError `file-unreadable`, naming the file. */
export async function readTokenFields(session: EngineSession, { pins, start, startStep }: EditOptions): Promise<Pick<EditRequestInput, 'pins' | 'start'>> {
  return {
    ...(pins !== undefined && { pins: await readJson(pins, pinsFileSchema, STRINGS.badPins(pins)) }),
    ...(start !== undefined && { start: { tokens: await uploadStart(session, start, startStep), step: startStep } }),
  }
}

async function uploadStart({ fetch }: EngineSession, file: string, step: number): Promise<string> {
  const { steps } = await readJson(file, tokenFileSchema, STRINGS.badTokens(file))
  const tokens = steps.at(step - 1)
  if (tokens === undefined) throw new EngineError('invalid-request', STRINGS.noSuchStep(file, steps.length))
  const body = new Uint8Array(Uint16Array.from(tokens, (value) => value ?? NO_TOKEN).buffer)
  return (await read<{ hash: string }>(fetch('/api/blobs', { method: 'POST', body }))).hash
}

/** Every step's tokens of a job's candidate. */
export async function describeTokens({ fetch }: EngineSession, job: Job, index: number): Promise<TokenFile> {
  const { number, bytes } = await readRaw(fetch(`/api/jobs/${job.id}/candidates/${index}/trail`))
  const [rows, columns, stepCount] = [number('rows'), number('columns'), number('steps')]
  const all = new Uint16Array(bytes)
  const length = all.length / stepCount
  // Of each step the guess comes first.
  const steps = Array.from({ length: stepCount }, (_, i) =>
    Array.from(all.subarray((i + 0.5) * length, (i + 1) * length), (value) => (value === NO_TOKEN ? null : value)))
  const { x, y } = job.cropRect ?? { x: 0, y: 0 }
  const tokens = (steps.at(-1) ?? []).slice(-rows * columns).flatMap((value) => value ?? [])
  return { cells: { x, y, cellSize: job.cellSize ?? 1, rows, columns }, tokens, steps }
}

async function readJson<T>(file: string, schema: z.ZodType<T>, problem: string): Promise<T> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new EngineError('file-unreadable', errnoOf(cause) === 'ENOENT' ? STRINGS.noFile(file) : STRINGS.unreadable(file), { cause })
  })
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new EngineError('file-unreadable', problem, { cause })
  }
}
