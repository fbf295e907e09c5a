import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { EngineError } from '../../api/errors.ts'
import { EVALUATION_STRINGS as STRINGS } from '../../api/strings/evaluation.ts'

/** What must be seen in a picture. What it does not name may be anything. */
const expectationSchema = z.object({
  things: z.array(z.object({ concept: z.string(), colour: z.string().optional(), side: z.enum(['left', 'right']).optional() })),
  count: z.number().int().optional(),
  place: z.string().optional(),
  time: z.string().optional(),
  weather: z.string().optional(),
  style: z.string().optional(),
  /** What must not be seen. */
  not: z.object({ time: z.string().optional(), sky: z.string().optional() }).optional(),
  /** Words the picture shall not show. */
  negative: z.string().optional(),
})
export type Expectation = z.infer<typeof expectationSchema>

const rectSchema = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })

const promptSchema = z.object({
  group: z.string(),
  prompt: z.string(),
  expect: expectationSchema,
  /** A render in which only the box is painted anew. */
  picture: z.string().optional(),
  box: rectSchema.optional(),
})
export type HeldOutPrompt = z.infer<typeof promptSchema>

const editSchema = z.object({
  kind: z.string(), instruction: z.string(), picture: z.string(), before: expectationSchema, expect: expectationSchema,
})
export type HeldOutEdit = z.infer<typeof editSchema>

const labelsSchema = z.record(z.string(), z.array(z.string()))
export type JudgeLabels = z.infer<typeof labelsSchema>

/** What the training's stage `evaluation` writes (models/training/remask_training/evaluation.py). */
export interface EvaluationFolder {
  readonly folder: string
  readonly judge: string
  readonly labels: JudgeLabels
  /** Share right on held-out renders, by attribute. */
  readonly report: Readonly<Record<string, number>>
  readonly prompts: readonly HeldOutPrompt[]
  readonly edits: readonly HeldOutEdit[]
  /** float32: the mean [F], then the covariance [F × F], of the judge's features over held-out renders. */
  readonly features: Float32Array
}

/** @throws {EngineError} 'file-unreadable', saying how to get a judge. */
export async function openEvaluationFolder(folder: string): Promise<EvaluationFolder> {
  const open = (name: string) =>
    readFile(path.join(folder, name)).catch((cause: unknown) => {
      throw new EngineError('file-unreadable', STRINGS.noJudge(folder), { cause })
    })
  const parse = async <T>(name: string, schema: z.ZodType<T>): Promise<T> => {
    const bytes = await open(name)
    try {
      return schema.parse(JSON.parse(bytes.toString('utf8')))
    } catch (cause) {
      throw new EngineError('file-unreadable', STRINGS.badJudge(path.join(folder, name)), { cause })
    }
  }
  const features = await open('features.bin')
  await open('judge.onnx')
  return {
    folder,
    judge: path.join(folder, 'judge.onnx'),
    labels: await parse('judge-labels.json', labelsSchema),
    report: await parse('judge-report.json', z.record(z.string(), z.number())),
    prompts: await parse('prompts.json', z.array(promptSchema)),
    edits: await parse('edits.json', z.array(editSchema)),
    features: new Float32Array(features.buffer.slice(features.byteOffset, features.byteOffset + features.length)),
  }
}
