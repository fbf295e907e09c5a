import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { familyOf } from '../../../models/families/families.ts'
import type { LoadedPack } from '../../../models/families/family.ts'
import { packFilePath } from '../../../models/importing/open-pack.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { listPrecisions } from '../../../models/importing/precisions.ts'
import { reduceModel } from '../../../models/onnx/reduce-model.ts'
import { REDUCED_FORMATS, type ReducedPrecision } from '../../../models/onnx/reduced/reduced-formats.ts'
import type { Session, SessionLoader } from '../../../models/runtime/session.ts'
import { EngineError } from '../../api/errors.ts'
import { BENCH_STRINGS } from '../../api/strings/bench.ts'
import { chooseExecution } from '../../inference/execution-providers.ts'
import { openOnnxSession } from '../../inference/onnx-session.ts'
import type { ReducedTransformers } from './measure-precisions.ts'

/** The products at the two ends of our own transformers: what makes features of words, and logits of features. */
const ENDS = /(^|\/)(head|pool|text_in|meaning)(\/|$)/

/** In which ways an exported pack's transformers are rounded, to see what each costs. */
const WAYS: readonly { readonly name: string; readonly precision: ReducedPrecision; readonly isReduced: (product: string) => boolean }[] = [
  { name: 'int8', precision: 'int8', isReduced: (product) => !ENDS.test(product) },
  { name: 'int8, ends too', precision: 'int8', isReduced: () => true },
  { name: 'int4', precision: 'int4', isReduced: (product) => !ENDS.test(product) },
  { name: 'int4, ends too', precision: 'int4', isReduced: () => true },
]

export interface OpenedPrecisions {
  readonly full: LoadedPack
  readonly others: readonly ReducedTransformers[]
  close(): Promise<void>
}

/** Opens a pack in full precision and in those it has; one that was exported by another program is rounded here, for the while. */
export async function openPrecisions(pack: Pack, folder: string): Promise<OpenedPrecisions> {
  const opened: Session[] = []
  const copies: string[] = []
  const execution = chooseExecution(0, os.availableParallelism())
  const load: SessionLoader['load'] = async (file, demands) => {
    const session = await openOnnxSession(file, execution, demands)
    opened.push(session)
    return session
  }
  const family = familyOf(pack)
  const transformersOf = ({ stages }: LoadedPack) => stages.map(({ transformer }) => transformer)
  const full = await family.load(pack, folder, { load }, () => {})
  const others: ReducedTransformers[] = []
  for (const { precision } of listPrecisions(pack).slice(1)) {
    others.push({ name: precision, transformers: transformersOf(await family.load(pack, folder, { load, precision }, () => {})) })
  }
  for (const way of others.length > 0 ? [] : WAYS) {
    const copy = await mkdtemp(path.join(os.tmpdir(), 'remask-rounded-'))
    copies.push(copy)
    await cp(folder, copy, { recursive: true })
    for (const { transformer } of pack.stages) {
      const { bytes, count } = reduceModel(await readFile(packFilePath(folder, transformer)), { ...way, format: REDUCED_FORMATS[way.precision] })
      if (count === 0) throw new EngineError('invalid-request', BENCH_STRINGS.noFullPrecision(pack.name))
      await writeFile(packFilePath(copy, transformer), bytes)
    }
    others.push({ name: way.name, transformers: transformersOf(await family.load(pack, copy, { load }, () => {})) })
  }
  return {
    full,
    others,
    async close() {
      for (const session of opened) await session.dispose()
      for (const copy of copies) await rm(copy, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
