import { checkConfig, parseConfig } from '../../architectures/parse-config.ts'
import { draftClipText, draftVqModel } from '../../architectures/pipeline-parts.ts'
import { z } from 'zod'
import { CheckpointError } from '../../checkpoint/checkpoint-error.ts'
import { readJsonFile, requirePart, type Checkpoint } from '../../checkpoint/open-checkpoint.ts'
import type { CheckpointImporter, ImportPlan } from '../../importing/checkpoint-importer.ts'
import { PackDraft } from '../../importing/pack-draft.ts'
import type { AmusedSettings } from './amused-settings.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { buildStep } from './step-graph.ts'
import { readUVitConfig, type UVitConfig } from './u-vit-config.ts'

const CONDITIONING_GRAPH = 'conditioning.onnx'
const STEP_GRAPH = 'transformer.onnx'
const TRANSFORMER = 'transformer'

/** Tensors that only a U-ViT has, and every one: its first layer, a norm without a mean, and the head. */
const MARKS = ['transformer_layers.0.norm1.linear.weight', 'down_block.res_blocks.0.channelwise_norm.gamma', 'mlm_layer.conv2.weight']

/** Aligned with how far beyond its training size the model still draws well: about one and a half times, in each direction. */
const LARGEST_AREA = 1.5 ** 2

/**
 * The published default of 10 suits the model of 512 pixels. The smaller one is best at 3–5: its FID doubles from 39 to
 * 59 between 3 and 10 (open-muse, benchmark/model_quality.py).
 */
const GUIDANCE_SCALE = { large: 10, small: 4 }
const LARGE_SIDE = 512

export const amusedImporter: CheckpointImporter = {
  recognises: (checkpoint) => [...checkpoint.parts.values()].some(({ tensors }) => MARKS.every((name) => tensors.has(name))),

  async plan(checkpoint): Promise<ImportPlan> {
    const bare = [...checkpoint.parts.values()].find(({ name, tensors }) => name === '' && tensors.has(MARKS[0]!))
    if (bare !== undefined) {
      throw new CheckpointError('file-missing', 'text_encoder, vqvae', 'only the transformer is here, as fine-tunes are often published')
    }
    const draft = new PackDraft()
    const part = requirePart(checkpoint, TRANSFORMER)
    const config = readUVitConfig(part.config, `${TRANSFORMER}/config.json`)
    const text = await draftClipText(draft, checkpoint)
    const vq = draftVqModel(draft, checkpoint)
    checkConfig(`${TRANSFORMER}/config.json`, [
      [config.textWidth === text.config.hidden_size, `encoder_hidden_size is ${config.textWidth}, the text encoder's width ${text.config.hidden_size}`],
      [config.pooledWidth === text.config.projection_dim, `cond_embed_dim is ${config.pooledWidth}, the text encoder projects to ${text.config.projection_dim}`],
      [config.codebookSize === vq.config.codebookSize, `codebook_size is ${config.codebookSize}, the VQ model has ${vq.config.codebookSize} codes`],
    ])
    draft.addGraphs(part, {
      [CONDITIONING_GRAPH]: (graph, weights) => buildConditioning(graph, weights, config),
      [STEP_GRAPH]: (graph, weights) => buildStep(graph, weights, config),
    })
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
        stages: [{ ...vq.stage, maskToken, grids: gridsOf(config), transformer: STEP_GRAPH }],
        textEncoder: text.textEncoder,
        ranker: null,
        defaults: {
          width: side, height: side, steps: 12,
          guidanceScale: side >= LARGE_SIDE ? GUIDANCE_SCALE.large : GUIDANCE_SCALE.small, guidanceRamp: 'constant',
          temperature: 1, choiceTemperature: 2,
        },
        edits: ['generate', 'inpaint', 'outpaint'],
        takesReference: false,
        examplePrompts: [],
      },
    }
  },
}

function gridsOf({ gridSide, isGridHalved }: UVitConfig) {
  return {
    kind: 'free' as const, rows: gridSide, columns: gridSide,
    multipleOf: isGridHalved ? 2 : 1, maxTokens: Math.floor(LARGEST_AREA * gridSide ** 2),
  }
}

/** @throws {CheckpointError} when it is no row of the embedding, or one of the codes. */
async function readMaskToken(checkpoint: Checkpoint, { vocabularySize, codebookSize }: UVitConfig): Promise<number> {
  const name = 'scheduler/scheduler_config.json'
  const schema = z.object({ mask_token_id: z.number().int().default(vocabularySize - 1) })
  const { mask_token_id: maskToken } = parseConfig(schema, await readJsonFile(checkpoint.folder, name) ?? {}, name)
  checkConfig(name, [[
    maskToken >= codebookSize && maskToken < vocabularySize,
    `mask_token_id is ${maskToken}, which is not between the ${codebookSize} codes and the vocabulary's ${vocabularySize}`,
  ]])
  return maskToken
}
