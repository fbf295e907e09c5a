import { checkConfig } from '../../architectures/parse-config.ts'
import {
  draftClipText, draftVqModel, gridsOf, hasTensors, readMaskToken, requireTransformer,
} from '../../architectures/pipeline-parts.ts'
import type { CheckpointImporter, ImportPlan } from '../../importing/checkpoint-importer.ts'
import { PackDraft } from '../../importing/pack-draft.ts'
import type { AmusedSettings } from './amused-settings.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { buildStep } from './step-graph.ts'
import { readUVitConfig } from './u-vit-config.ts'

const CONDITIONING_GRAPH = 'conditioning.onnx'
const STEP_GRAPH = 'transformer.onnx'
const INT8_STEP_GRAPH = 'transformer-int8.onnx'
const CONFIG = 'transformer/config.json'

/** Tensors that only a U-ViT has, and every one: its first layer, a norm without a mean, and the head. */
const MARKS = ['transformer_layers.0.norm1.linear.weight', 'down_block.res_blocks.0.channelwise_norm.gamma', 'mlm_layer.conv2.weight']

/**
 * The published default of 10 suits the model of 512 pixels. The smaller one is best at 3–5: its FID doubles from 39 to
 * 59 between 3 and 10 (open-muse, benchmark/model_quality.py).
 */
const GUIDANCE_SCALE = { large: 10, small: 4 }
const LARGE_SIDE = 512

/** All but the ends: what makes features of tokens and logits of features is a hundredth of the work, and errors there tell most. */
const isInt8Layer = (layer: string) => /^(transformer_layers|down_block|up_block)\./.test(layer)

export const amusedImporter: CheckpointImporter = {
  recognises: (checkpoint) => hasTensors(checkpoint, MARKS),

  async plan(checkpoint): Promise<ImportPlan> {
    const draft = new PackDraft()
    const part = requireTransformer(checkpoint)
    const config = readUVitConfig(part.config, CONFIG)
    const text = await draftClipText(draft, checkpoint)
    const vq = draftVqModel(draft, checkpoint)
    checkConfig(CONFIG, [
      [config.textWidth === text.config.hidden_size, `encoder_hidden_size is ${config.textWidth}, the text encoder's width ${text.config.hidden_size}`],
      [config.pooledWidth === text.config.projection_dim, `cond_embed_dim is ${config.pooledWidth}, the text encoder projects to ${text.config.projection_dim}`],
      [config.codebookSize === vq.config.codebookSize, `codebook_size is ${config.codebookSize}, the VQ model has ${vq.config.codebookSize} codes`],
    ])
    draft.addGraphs(part, {
      [CONDITIONING_GRAPH]: (graph, weights) => buildConditioning(graph, weights, config),
      [STEP_GRAPH]: (graph, weights) => buildStep(graph, weights, config),
    })
    draft.addInt8Graph(part, INT8_STEP_GRAPH, (graph, weights) => buildStep(graph, weights, config), isInt8Layer)
    const maskToken = await readMaskToken(checkpoint, config)
    const side = config.gridSide * vq.stage.downsampleFactor
    const familySettings: AmusedSettings = { conditioning: CONDITIONING_GRAPH, microWidth: config.microWidth }
    return {
      ...draft.files,
      findCodebookColors: vq.findCodebookColors,
      description: {
        description: `aMUSEd for pictures of ${side} pixels.`,
        family: 'amused',
        familySettings,
        externalWeightBytes: draft.externalWeightBytes,
        stages: [{ ...vq.stage, maskToken, grids: gridsOf(config), transformer: STEP_GRAPH, variants: { int8: INT8_STEP_GRAPH } }],
        textEncoder: text.textEncoder,
        ranker: null,
        defaults: {
          width: side, height: side, steps: 12,
          guidanceScale: side >= LARGE_SIDE ? GUIDANCE_SCALE.large : GUIDANCE_SCALE.small, guidanceRamp: 'constant',
          temperature: 1, choiceTemperature: 2,
        },
        takesReference: false,
        examplePrompts: [],
        styles: [],
      },
    }
  },
}
