import type { Tensor } from '../tensor/tensor.ts'

/** A graph loaded for running. One owner; `dispose` releases its memory and is safe to call twice. */
export interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>
  dispose(): Promise<void>
}

/** Number formats of weights, the most exact first. */
export const PRECISIONS = ['f32', 'f16', 'int8', 'int4'] as const
export type Precision = (typeof PRECISIONS)[number]

/** Of what could be fed to a graph, what it takes. @throws {TypeError} when it takes something else too. */
export function feedsOf(session: Pick<Session, 'inputNames'>, offered: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(session.inputNames.map((name) => {
    const feed = offered[name]
    if (feed === undefined) throw new TypeError(`the graph takes "${name}", which nobody gives`)
    return [name, feed]
  }))
}

/** A graph that is always fed one of its inputs alike: whoever runs it need not know of it. */
export function withFeed(session: Session, name: string, feed: Tensor): Session {
  return {
    ...session,
    inputNames: session.inputNames.filter((input) => input !== name),
    run: (feeds) => session.run({ ...feeds, [name]: feed }),
  }
}

/** What the size of a graph's own file does not tell. */
export interface GraphDemands {
  /** Weights the graph takes from files beside it, in bytes. */
  readonly externalWeightBytes: number
  /** Whether they had better stay in their file, mapped, than be packed into memory of their own for a little speed. */
  readonly areWeightsMapped: boolean
  /** Whether it runs once or twice in a job, before the steps or after them, so that keeping it meanwhile is not worth its memory. */
  readonly isBrief: boolean
}

export const NO_DEMANDS: GraphDemands = { externalWeightBytes: 0, areWeightsMapped: false, isBrief: false }

/** A style that was added to a pack, and how strongly it is drawn in: 0 is not at all, 1 as it was trained. */
export interface ChosenAdapter {
  readonly id: string
  readonly strength: number
}

/** Loads graphs. electron/inference/session-cache.ts is the product's; tests may use another. */
export interface SessionLoader {
  /** In which number format weights are wanted, where a pack has a choice. Absent = full precision. */
  readonly precision?: Precision
  /** The added style that is drawn in, of those the pack has. Absent = none. */
  readonly adapter?: ChosenAdapter
  /** @param path absolute path of an ONNX file: Electron forbids external buffers, so graphs are loaded by path. */
  load(path: string, demands?: GraphDemands): Promise<Session>
}
