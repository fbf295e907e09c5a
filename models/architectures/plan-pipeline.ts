import { requirePart, type Checkpoint, type JsonObject } from '../checkpoint/open-checkpoint.ts'
import type { ExtensionPlan, ImportPlan, WantedExtension } from '../importing/checkpoint-importer.ts'
import { PackDraft, type AddedAdapter, type ReducedGraph } from '../importing/pack-draft.ts'
import type { Pack } from '../importing/pack.ts'
import type { Graph } from '../onnx/graph.ts'
import type { GraphWeights } from '../onnx/graph-weights.ts'
import type { ReducedPrecision } from '../onnx/reduced/reduced-formats.ts'
import { buildClipText, readClipTextConfig } from './clip-text.ts'
import { checkConfig } from './parse-config.ts'
import { draftClipText, draftVqModel, gridsOf, readMaskToken, requireTransformer, TEXT_ENCODER_GRAPH } from './pipeline-parts.ts'

const CONDITIONING_GRAPH = 'conditioning.onnx'
const STEP_GRAPH = 'transformer.onnx'
const CONFIG = 'transformer/config.json'

/** What the plan of every pipeline needs of its transformer's config. */
export interface TransformerConfig {
  /** Tokens along a side of the grid it was trained on. */
  readonly gridSide: number
  readonly isGridHalved: boolean
  readonly vocabularySize: number
  readonly codebookSize: number
  readonly textWidth: number
  readonly pooledWidth: number
}

/** What families that publish whole pipelines do not have in common. */
export interface PipelineArchitecture<Config extends TransformerConfig> {
  readonly family: string
  readConfig(config: JsonObject, name: string): Config
  /** What the config calls `textWidth` and `pooledWidth`, for errors. */
  readonly widthNames: { readonly text: string; readonly pooled: string }
  buildConditioning(graph: Graph, weights: GraphWeights, config: Config): void
  buildStep(graph: Graph, weights: GraphWeights, config: Config): void
  /** Which of the step's linear layers are written with fewer bits. */
  isReducedLayer(layer: string): boolean
  /** @param side  of a picture of the training size, in pixels. */
  describe(config: Config, side: number): PipelineDescription
}

export interface PipelineDescription {
  readonly description: string
  /** Besides `conditioning`, the graph of all that does not change from step to step. */
  readonly familySettings: Readonly<Record<string, unknown>>
  readonly steps: number
  readonly guidanceScale: number
  readonly needsGraphicsCard: boolean
}

/** Plans the import of a pipeline of CLIP's text encoder, a transformer in two graphs and a VQ model. @throws {CheckpointError} */
export async function planPipeline<Config extends TransformerConfig>(
  checkpoint: Checkpoint, architecture: PipelineArchitecture<Config>, precisions: readonly ReducedPrecision[],
): Promise<ImportPlan> {
  const { buildConditioning, buildStep } = architecture
  const draft = new PackDraft()
  const part = requireTransformer(checkpoint)
  const config = architecture.readConfig(part.config, CONFIG)
  const text = await draftClipText(draft, checkpoint)
  const vq = draftVqModel(draft, checkpoint)
  const { widthNames } = architecture
  checkConfig(CONFIG, [
    [config.textWidth === text.config.hidden_size, `${widthNames.text} is ${config.textWidth}, the text encoder's width ${text.config.hidden_size}`],
    [config.pooledWidth === text.config.projection_dim, `${widthNames.pooled} is ${config.pooledWidth}, the text encoder projects to ${text.config.projection_dim}`],
    [config.codebookSize === vq.config.codebookSize, `codebook_size is ${config.codebookSize}, the VQ model has ${vq.config.codebookSize} codes`],
  ])
  draft.addGraphs(part, {
    [CONDITIONING_GRAPH]: (graph, weights) => buildConditioning(graph, weights, config),
    [STEP_GRAPH]: (graph, weights) => buildStep(graph, weights, config),
  })
  const variants = addVariants(draft, checkpoint, architecture, config, precisions)
  const maskToken = await readMaskToken(checkpoint, config)
  const side = config.gridSide * vq.stage.downsampleFactor
  const { description, familySettings, steps, guidanceScale, needsGraphicsCard } = architecture.describe(config, side)
  return {
    ...draft.files,
    findCodebookColors: vq.findCodebookColors,
    needsGraphicsCard,
    description: {
      description,
      family: architecture.family,
      familySettings: { conditioning: CONDITIONING_GRAPH, ...familySettings },
      externalWeightBytes: draft.externalWeightBytes,
      checkpoint: draft.checkpoint,
      stages: [{ ...vq.stage, maskToken, grids: gridsOf(config), transformer: STEP_GRAPH, variants }],
      textEncoder: text.textEncoder,
      ranker: null,
      defaults: defaultsOf(side, steps, guidanceScale),
      takesReference: false,
      examplePrompts: [],
      styles: [],
    },
  }
}

/** Builds more graphs of a pipeline that was imported. @throws {CheckpointError} where an adapter does not fit. */
export function planPipelineExtension<Config extends TransformerConfig>(
  checkpoint: Checkpoint, architecture: PipelineArchitecture<Config>, { precisions, presentPrecisions, adapters }: WantedExtension,
): ExtensionPlan {
  const draft = new PackDraft()
  const config = architecture.readConfig(requireTransformer(checkpoint).config, CONFIG)
  const variants = addVariants(draft, checkpoint, architecture, config, precisions)
  const adapterGraphs = new Map<string, Readonly<Record<string, string>>>()
  for (const added of adapters) {
    const reduced = added.isNew ? [...presentPrecisions, ...precisions] : precisions
    adapterGraphs.set(added.id, addAdapter(draft, checkpoint, architecture, config, added, reduced))
    if (added.isNew) draft.checkAllPlaced(added.adapter)
  }
  return { writes: draft.writes, reduced: draft.reduced, externalWeightBytes: draft.externalWeightBytes, variants, adapterGraphs }
}

function addVariants<Config extends TransformerConfig>(
  draft: PackDraft, checkpoint: Checkpoint, { buildStep, isReducedLayer }: PipelineArchitecture<Config>, config: Config,
  precisions: readonly ReducedPrecision[],
): Partial<Record<ReducedPrecision, string>> {
  const part = requireTransformer(checkpoint)
  for (const precision of precisions) {
    draft.addReducedGraph(part, stepGraph(precision), (graph, weights) => buildStep(graph, weights, config), { precision, isReduced: isReducedLayer })
  }
  return Object.fromEntries(precisions.map((precision) => [precision, stepGraph(precision)]))
}

/** @returns for each graph the adapter changes the one with its branches. */
function addAdapter<Config extends TransformerConfig>(
  draft: PackDraft, checkpoint: Checkpoint, architecture: PipelineArchitecture<Config>, config: Config,
  added: AddedAdapter & { readonly isNew: boolean }, precisions: readonly ReducedPrecision[],
): Record<string, string> {
  const transformer = requireTransformer(checkpoint)
  const text = requirePart(checkpoint, 'text_encoder')
  const textConfig = readClipTextConfig(text.config, 'text_encoder/config.json')
  const step = (graph: Graph, weights: GraphWeights) => architecture.buildStep(graph, weights, config)
  const conditioning = (graph: Graph, weights: GraphWeights) => architecture.buildConditioning(graph, weights, config)
  const clip = (graph: Graph, weights: GraphWeights) => buildClipText(graph, weights, textConfig)
  const reducedSteps = precisions.map((precision): [string, ReducedGraph] =>
    [stepGraph(precision), { precision, isReduced: architecture.isReducedLayer }])
  const steps = reducedSteps.map(([base, reduced]) => [transformer, base, step, reduced] as const)
  const fullGraphs = [
    [transformer, STEP_GRAPH, step, null], [transformer, CONDITIONING_GRAPH, conditioning, null], [text, TEXT_ENCODER_GRAPH, clip, null],
  ] as const
  const graphs: Record<string, string> = {}
  for (const [part, base, build, reduced] of added.isNew ? [...fullGraphs, ...steps] : steps) {
    const path = base.replace(/\.onnx$/, `-style-${added.id}.onnx`)
    if (draft.addAdaptedGraph(part, path, build, added, reduced)) graphs[base] = path
  }
  return graphs
}

function stepGraph(precision: ReducedPrecision): string {
  return `transformer-${precision}.onnx`
}

/** Temperatures as the published pipelines have them. */
function defaultsOf(side: number, steps: number, guidanceScale: number): Pack['defaults'] {
  return { width: side, height: side, steps, guidanceScale, guidanceRamp: 'constant', temperature: 1, choiceTemperature: 2 }
}
