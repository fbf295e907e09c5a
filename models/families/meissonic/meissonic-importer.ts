import { checkConfig } from '../../architectures/parse-config.ts'
import {
  draftClipText, draftVqModel, gridsOf, hasTensors, readMaskToken, requireTransformer,
} from '../../architectures/pipeline-parts.ts'
import type { CheckpointImporter, ImportPlan } from '../../importing/checkpoint-importer.ts'
import { PackDraft } from '../../importing/pack-draft.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { readMeissonicConfig } from './meissonic-config.ts'
import type { MeissonicSettings } from './meissonic-settings.ts'
import { buildStep } from './step-graph.ts'

const CONDITIONING_GRAPH = 'conditioning.onnx'
const STEP_GRAPH = 'transformer.onnx'
const INT8_STEP_GRAPH = 'transformer-int8.onnx'
const CONFIG = 'transformer/config.json'

/** Tensors that only this family has: a block of text and picture, a block of both, and a head over codes. */
const MARKS = ['transformer_blocks.0.norm1_context.linear.weight', 'single_transformer_blocks.0.proj_mlp.weight', 'mlm_layer.conv2.weight']

/** The blocks, but not what modulates them: that is made of one row a step, and a factor's error spreads over all cells. */
const isInt8Layer = (layer: string) => /^(single_)?transformer_blocks\./.test(layer) && !/\.norm\d?(_context)?\.linear$/.test(layer)

export const meissonicImporter: CheckpointImporter = {
  recognises: (checkpoint) => hasTensors(checkpoint, MARKS),

  async plan(checkpoint): Promise<ImportPlan> {
    const draft = new PackDraft()
    const part = requireTransformer(checkpoint)
    const config = readMeissonicConfig(part.config, CONFIG)
    const text = await draftClipText(draft, checkpoint)
    const vq = draftVqModel(draft, checkpoint)
    checkConfig(CONFIG, [
      [config.textWidth === text.config.hidden_size, `joint_attention_dim is ${config.textWidth}, the text encoder's width ${text.config.hidden_size}`],
      [config.pooledWidth === text.config.projection_dim, `pooled_projection_dim is ${config.pooledWidth}, the text encoder projects to ${text.config.projection_dim}`],
      [config.codebookSize === vq.config.codebookSize, `codebook_size is ${config.codebookSize}, the VQ model has ${vq.config.codebookSize} codes`],
    ])
    draft.addGraphs(part, {
      [CONDITIONING_GRAPH]: (graph, weights) => buildConditioning(graph, weights, config),
      [STEP_GRAPH]: (graph, weights) => buildStep(graph, weights, config),
    })
    draft.addInt8Graph(part, INT8_STEP_GRAPH, (graph, weights) => buildStep(graph, weights, config), isInt8Layer)
    const maskToken = await readMaskToken(checkpoint, config)
    const side = config.gridSide * vq.stage.downsampleFactor
    const familySettings: MeissonicSettings = {
      conditioning: CONDITIONING_GRAPH, headWidth: config.headWidth, rotaryWidths: [...config.rotaryWidths], gridShrink: config.isGridHalved ? 2 : 1,
    }
    return {
      ...draft.files,
      findCodebookColors: vq.findCodebookColors,
      description: {
        description: `Meissonic for pictures of ${side} pixels. Made for graphics cards: on a processor a picture takes tens of minutes.`,
        family: 'meissonic',
        familySettings,
        externalWeightBytes: draft.externalWeightBytes,
        stages: [{ ...vq.stage, maskToken, grids: gridsOf(config), transformer: STEP_GRAPH, variants: { int8: INT8_STEP_GRAPH } }],
        textEncoder: text.textEncoder,
        ranker: null,
        defaults: {
          width: side, height: side, steps: 48,
          guidanceScale: 9, guidanceRamp: 'constant',
          temperature: 1, choiceTemperature: 2,
        },
        takesReference: false,
        examplePrompts: [],
        styles: [],
      },
    }
  },
}
