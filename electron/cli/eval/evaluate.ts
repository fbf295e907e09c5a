import path from 'node:path'
import type { EditRequestInput } from '../../api/edits.ts'
import type { PackSummary } from '../../api/packs.ts'
import { measurePsnr } from '../../../models/runtime/planar-image.ts'
import type { PlanarImage } from '../../../models/runtime/vq-tokenizer.ts'
import type { EngineSession } from '../engine-session.ts'
import { uploadPicture } from '../upload.ts'
import { drawPictures, pickBest, readPixels, readReconstruction, uploadBoxMask } from './draw.ts'
import type { EvaluationFolder, HeldOutPrompt } from './evaluation-folder.ts'
import { frechetDistance, momentsOf, unpackMoments } from './frechet-distance.ts'
import type { Judge } from './judge.ts'
import { isAllRight, scoreEdit, scoreVerdict, type Attribute, type Score } from './score.ts'

export interface EvaluationOptions {
  readonly packId: string
  /** Prompts of each group. */
  readonly n: number
  /** Pictures for each prompt. */
  readonly best: number
  readonly seed: number
  readonly hasSweeps: boolean
  /** The only groups of prompts. Absent = all, and the edits. */
  readonly group?: string
  /** What the ranker picked for a prompt. */
  readonly onPicked?: (prompt: HeldOutPrompt, image: PlanarImage) => void
  readonly onProgress: (done: number, total: number, group: string) => void
}

/** Shares, 0 to 1. */
export interface GroupReport {
  readonly group: string
  readonly promptCount: number
  /** Of the prompts, for how many all is right in the picture the ranker picks. */
  readonly allRight: number
  /** The same for the first picture: without the ranker. */
  readonly allRightOfFirst: number
  readonly attributes: Readonly<Partial<Record<Attribute, number>>>
}

export interface EvaluationReport {
  readonly packId: string
  readonly packVersion: string
  readonly hasRanker: boolean
  /** The judge's own accuracy on real renders. */
  readonly judge: Readonly<Record<string, number>>
  readonly groups: readonly GroupReport[]
  readonly edits: { readonly caseCount: number; readonly changeSeen: number; readonly restKept: number } | null
  /** Of the held-out renders, as the pack's VQ tokenizer gives them back: the mean of their PSNR in dB. null where only one group is measured. */
  readonly reconstruction: { readonly psnr: number; readonly pictureCount: number } | null
  readonly sweeps: readonly { readonly setting: keyof typeof SWEEPS | 'ranker'; readonly value: number | string; readonly allRight: number; readonly secondsPerPicture: number }[]
  readonly frechet: { readonly distance: number; readonly pictureCount: number } | null
  readonly secondsPerPrompt: number
  readonly secondsPerPicture: number
}

/** Settings that are tried, with the groups of whole pictures that use every stage's words. */
const SWEEPS = {
  steps: [4, 6, 8, 12, 16, 24],
  guidance: [1, 1.5, 2, 3, 4, 6],
  ramp: ['constant', 'linear'],
  order: ['confidence', 'halton'],
  // What these save is seen against the first of each, which saves nothing.
  guidanceFrom: [0, 0.25, 0.5],
  guidanceReuse: [1, 2, 4],
} as const
/** As the request calls it. */
const SWEPT_FIELDS = {
  steps: 'steps', guidance: 'guidanceScale', ramp: 'guidanceRamp', order: 'decodingOrder', guidanceFrom: 'guidanceFrom', guidanceReuse: 'guidanceReuse',
} as const
const SWEPT_GROUPS = ['one object', 'place and time', 'style']
/** The covariance of fewer pictures says nothing. */
const LEAST_FRECHET_PICTURES = 16

interface Drawn {
  readonly group: string
  readonly picked: Score
  readonly first: Score
  readonly seconds: number
  readonly firstSeconds: number
  readonly features: Float32Array
}

export async function evaluate(
  session: EngineSession, held: EvaluationFolder, judge: Judge, pack: PackSummary, options: EvaluationOptions,
): Promise<EvaluationReport> {
  const groups = groupsOf(held).filter((group) => options.group === undefined || group === options.group)
  const prompts = groups.flatMap((group) => held.prompts.filter((prompt) => prompt.group === group).slice(0, options.n))
  const edits = options.group === undefined ? held.edits.slice(0, options.n) : []
  const drawn: Drawn[] = []
  let hasRanker = false
  for (const [i, prompt] of prompts.entries()) {
    options.onProgress(i, prompts.length, prompt.group)
    const pictures = await drawPictures(session, await requestFor(session, held, prompt, options, i))
    hasRanker ||= pictures[0]!.similarity !== null
    const best = pickBest(pictures)
    options.onPicked?.(prompt, best.image)
    const verdict = await judge.look(best.image)
    const first = best === pictures[0] ? verdict : await judge.look(pictures[0]!.image)
    const seconds = pictures.reduce((sum, picture) => sum + picture.seconds, 0)
    drawn.push({
      group: prompt.group, picked: scoreVerdict(verdict, prompt.expect), first: scoreVerdict(first, prompt.expect),
      seconds, firstSeconds: pictures[0]!.seconds, features: verdict.features,
    })
  }
  const seconds = mean(drawn.map((picture) => picture.seconds))
  return {
    packId: pack.id,
    packVersion: pack.version,
    hasRanker,
    judge: held.report,
    groups: groups.map((group) => summarizeGroup(group, drawn.filter((picture) => picture.group === group))),
    edits: pack.takesReference ? await evaluateEdits(session, held, judge, edits, options) : null,
    reconstruction: options.group === undefined ? await measureReconstruction(session, held, pack.id) : null,
    sweeps: options.hasSweeps ? [...compareRanker(drawn, hasRanker), ...(await sweep(session, held, judge, prompts, options))] : [],
    frechet: measureFrechet(held, drawn),
    secondsPerPrompt: seconds,
    secondsPerPicture: seconds / options.best,
  }
}

export function groupsOf({ prompts }: EvaluationFolder): string[] {
  return [...new Set(prompts.map(({ group }) => group))]
}

/** Prompt i begins at a seed of its own: equal prompts in two runs give equal pictures. */
const seedOf = ({ seed, best }: EvaluationOptions, i: number) => seed + i * best

async function requestFor(
  session: EngineSession, held: EvaluationFolder, { prompt, expect, picture, box }: HeldOutPrompt, options: EvaluationOptions, i: number,
): Promise<EditRequestInput> {
  const common = { packId: options.packId, prompt, negativePrompt: expect.negative ?? '', count: options.best, seed: seedOf(options, i) }
  if (picture === undefined || box === undefined) return { kind: 'generate', ...common }
  const { imageId, image } = await uploadPicture(session, path.join(held.folder, picture))
  return { kind: 'inpaint', ...common, image: imageId, mask: await uploadBoxMask(session, image.bounds, box) }
}

async function evaluateEdits(
  session: EngineSession, held: EvaluationFolder, judge: Judge, edits: EvaluationFolder['edits'], options: EvaluationOptions,
): Promise<EvaluationReport['edits']> {
  const scores = []
  for (const [i, { instruction, picture, before, expect }] of edits.entries()) {
    options.onProgress(i, edits.length, instruction)
    const { imageId } = await uploadPicture(session, path.join(held.folder, picture))
    const request = { kind: 'retouch', packId: options.packId, image: imageId, prompt: instruction, count: options.best, seed: seedOf(options, i) } as const
    const best = pickBest(await drawPictures(session, request))
    scores.push(scoreEdit(await judge.look(best.image), before, expect))
  }
  return {
    caseCount: scores.length,
    changeSeen: mean(scores.map(({ isChangeSeen }) => Number(isChangeSeen))),
    restKept: mean(scores.map(({ keptShare }) => keptShare)),
  }
}

async function measureReconstruction(session: EngineSession, { folder, prompts, edits }: EvaluationFolder, packId: string): Promise<EvaluationReport['reconstruction']> {
  const pictures = new Set([...prompts, ...edits].flatMap(({ picture }) => picture ?? []))
  const decibels: number[] = []
  for (const picture of pictures) {
    const { imageId, image } = await uploadPicture(session, path.join(folder, picture))
    decibels.push(measurePsnr(await readPixels(session, imageId, image.bounds), await readReconstruction(session, packId, imageId)))
  }
  return { psnr: mean(decibels), pictureCount: pictures.size }
}

/** One picture a prompt: the ranker would hide what a setting does. */
async function sweep(
  session: EngineSession, held: EvaluationFolder, judge: Judge, prompts: readonly HeldOutPrompt[], options: EvaluationOptions,
): Promise<EvaluationReport['sweeps']> {
  const single = { ...options, best: 1 }
  const swept = prompts.filter(({ group }) => SWEPT_GROUPS.includes(group))
  const settings = (Object.keys(SWEEPS) as (keyof typeof SWEEPS)[]).flatMap((setting) =>
    SWEEPS[setting].map((value) => ({ setting, value, change: { [SWEPT_FIELDS[setting]]: value } })))
  const results = []
  for (const { setting, value, change } of settings) {
    const right: number[] = []
    const seconds: number[] = []
    for (const [i, prompt] of swept.entries()) {
      options.onProgress(i, swept.length, `${setting} ${value}`)
      const request = { ...(await requestFor(session, held, prompt, single, i)), ...change }
      const [picture] = await drawPictures(session, request)
      seconds.push(picture!.seconds)
      right.push(Number(isAllRight(scoreVerdict(await judge.look(picture!.image), prompt.expect))))
    }
    results.push({ setting, value, allRight: mean(right), secondsPerPicture: mean(seconds) })
  }
  return results
}

/** Over all prompts: the picture that the ranker picks, and the first one. Off, one picture is all there is to draw. */
function compareRanker(drawn: readonly Drawn[], hasRanker: boolean): EvaluationReport['sweeps'] {
  if (!hasRanker) return []
  const rightOf = (pick: (picture: Drawn) => Score) => mean(drawn.map((picture) => Number(isAllRight(pick(picture)))))
  return [
    { setting: 'ranker', value: 'on', allRight: rightOf(({ picked }) => picked), secondsPerPicture: mean(drawn.map(({ seconds }) => seconds)) },
    { setting: 'ranker', value: 'off', allRight: rightOf(({ first }) => first), secondsPerPicture: mean(drawn.map(({ firstSeconds }) => firstSeconds)) },
  ]
}

function summarizeGroup(group: string, drawn: readonly Drawn[]): GroupReport {
  const names = [...new Set(drawn.flatMap(({ picked }) => Object.keys(picked) as Attribute[]))]
  return {
    group,
    promptCount: drawn.length,
    allRight: mean(drawn.map(({ picked }) => Number(isAllRight(picked)))),
    allRightOfFirst: mean(drawn.map(({ first }) => Number(isAllRight(first)))),
    attributes: Object.fromEntries(names.map((name) => {
      const asked = drawn.filter(({ picked }) => picked[name] !== undefined)
      return [name, mean(asked.map(({ picked }) => Number(picked[name])))]
    })),
  }
}

function measureFrechet({ features }: EvaluationFolder, drawn: readonly Drawn[]): EvaluationReport['frechet'] {
  if (drawn.length < LEAST_FRECHET_PICTURES) return null
  const distance = frechetDistance(unpackMoments(features), momentsOf(drawn.map((picture) => picture.features)))
  return { distance, pictureCount: drawn.length }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
