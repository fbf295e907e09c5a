import type { Checkpoint, JsonObject } from '../checkpoint/open-checkpoint.ts'
import type { ImportPlan } from '../importing/checkpoint-importer.ts'
import { PackDraft } from '../importing/pack-draft.ts'
import type { Pack } from '../importing/pack.ts'
import type { Graph } from '../onnx/graph.ts'
import type { GraphWeights } from '../onnx/graph-weights.ts'
import { checkConfig } from './parse-config.ts'
import { draftClipText, draftVqModel, gridsOf, readMaskToken, requireTransformer } from './pipeline-parts.ts'

const CONDITIONING_GRAPH = 'conditioning.onnx'
const STEP_GRAPH = 'transformer.onnx'
const INT8_STEP_GRAPH = 'transformer-int8.onnx'
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
  /** Which of the step's linear layers are rounded to 8 bits. */
  isInt8Layer(layer: string): boolean
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
  checkpoint: Checkpoint, architecture: PipelineArchitecture<Config>,
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
  draft.addInt8Graph(part, INT8_STEP_GRAPH, (graph, weights) => buildStep(graph, weights, config), architecture.isInt8Layer)
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
      stages: [{ ...vq.stage, maskToken, grids: gridsOf(config), transformer: STEP_GRAPH, variants: { int8: INT8_STEP_GRAPH } }],
      textEncoder: text.textEncoder,
      ranker: null,
      defaults: defaultsOf(side, steps, guidanceScale),
      takesReference: false,
      examplePrompts: [],
      styles: [],
    },
  }
}

/** Temperatures as the published pipelines have them. */
function defaultsOf(side: number, steps: number, guidanceScale: number): Pack['defaults'] {
  return { width: side, height: side, steps, guidanceScale, guidanceRamp: 'constant', temperature: 1, choiceTemperature: 2 }
}
