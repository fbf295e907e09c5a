import { chooseExecution } from '../../inference/execution-providers.ts'
import { openOnnxSession } from '../../inference/onnx-session.ts'
import { resizeByMeans } from '../../../models/runtime/planar-image.ts'
import type { Session } from '../../../models/runtime/session.ts'
import type { PlanarImage } from '../../../models/runtime/vq-tokenizer.ts'
import { tensor, type Tensor } from '../../../models/tensor/tensor.ts'
import type { EvaluationFolder, JudgeLabels } from './evaluation-folder.ts'

/** Pixels a side that the judge looks at, and cells a side that it tells things of. */
const SIDE = 128
const CELLS = 16
/** A concept counts when its cells' probabilities add up to this: fewer is a seam between others (vision/judge.py). */
const LEAST_CELLS = 4

/** A thing the judge sees. */
export interface SeenThing {
  readonly colour: string
  /** Of its cells' middles, 0 = left to 1 = right. */
  readonly across: number
}

/** What the judge sees in a picture. */
export interface Verdict {
  /** By concept. */
  readonly things: ReadonlyMap<string, SeenThing>
  readonly count: number
  readonly place: string
  readonly time: string
  readonly weather: string
  readonly style: string
  readonly sky: ReadonlySet<string>
  readonly features: Float32Array
}

export interface Judge {
  look(image: PlanarImage): Promise<Verdict>
  dispose(): Promise<void>
}

/** It runs here and not in the inference process: it is no part of a pack, and nobody waits for this process meanwhile. */
export async function openJudge({ judge, labels }: EvaluationFolder): Promise<Judge> {
  const session = await openOnnxSession(judge, chooseExecution(0, 2))
  return { look: (image) => look(session, labels, image), dispose: () => session.dispose() }
}

async function look(session: Session, labels: JudgeLabels, image: PlanarImage): Promise<Verdict> {
  const { data } = resizeByMeans(image, SIDE, SIDE)
  const given = await session.run({ image: tensor('float32', [1, 3, SIDE, SIDE], data) })
  const logitsOf = (head: string) => floats(given[head])
  const classOf = (head: string) => labels[head]![indexOfLargest(logitsOf(head))]!
  const sky = logitsOf('sky')
  return {
    things: findThings(logitsOf('concept'), logitsOf('colour'), labels),
    count: Number(classOf('count')),
    place: classOf('place'),
    time: classOf('time'),
    weather: classOf('weather'),
    style: classOf('style'),
    sky: new Set(labels['sky']!.filter((_, i) => sky[i]! > 0)),
    features: logitsOf('features').slice(),
  }
}

/** @param concepts  [concepts × cells] logits; class 0 is none. @param colours  [colours × cells] logits. */
export function findThings(concepts: Float32Array, colours: Float32Array, labels: JudgeLabels): Map<string, SeenThing> {
  const cells = CELLS * CELLS
  const at = (logits: Float32Array, cell: number) => Float32Array.from({ length: logits.length / cells }, (_, k) => logits[k * cells + cell]!)
  const found = new Map<number, { sure: number; cells: number[] }>()
  for (let cell = 0; cell < cells; cell++) {
    const logits = at(concepts, cell)
    const likeliest = indexOfLargest(logits)
    if (likeliest === 0) continue
    const thing = found.get(likeliest) ?? { sure: 0, cells: [] }
    thing.sure += 1 / logits.reduce((sum, logit) => sum + Math.exp(logit - logits[likeliest]!), 0)
    thing.cells.push(cell)
    found.set(likeliest, thing)
  }
  const seen = [...found].filter(([, { sure }]) => sure >= LEAST_CELLS)
  return new Map(seen.map(([concept, thing]) => {
    const votes = new Map<number, number>()
    for (const cell of thing.cells) {
      const colour = indexOfLargest(at(colours, cell))
      votes.set(colour, (votes.get(colour) ?? 0) + 1)
    }
    const [colour] = [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))
    const across = thing.cells.reduce((sum, cell) => sum + (cell % CELLS) + 0.5, 0) / thing.cells.length / CELLS
    return [labels['concept']![concept]!, { colour: labels['colour']![colour]!, across }]
  }))
}

function floats(value: Tensor | undefined): Float32Array {
  if (value?.type !== 'float32') throw new TypeError(`the judge gave ${value?.type}, not float32`)
  return value.data
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0)
}
