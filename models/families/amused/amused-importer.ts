import { hasTensors } from '../../architectures/pipeline-parts.ts'
import { planPipeline, planPipelineExtension, type PipelineArchitecture } from '../../architectures/plan-pipeline.ts'
import type { CheckpointImporter } from '../../importing/checkpoint-importer.ts'
import type { AmusedSettings } from './amused-settings.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { buildStep } from './step-graph.ts'
import { readUVitConfig, type UVitConfig } from './u-vit-config.ts'

/** Tensors that only a U-ViT has, and every one: its first layer, a norm without a mean, and the head. */
const MARKS = ['transformer_layers.0.norm1.linear.weight', 'down_block.res_blocks.0.channelwise_norm.gamma', 'mlm_layer.conv2.weight']

/**
 * The published default of 10 suits the model of 512 pixels. The smaller one is best at 3–5: its FID doubles from 39 to
 * 59 between 3 and 10 (open-muse, benchmark/model_quality.py).
 */
const GUIDANCE_SCALE = { large: 10, small: 4 }
const LARGE_SIDE = 512

const ARCHITECTURE: PipelineArchitecture<UVitConfig> = {
  family: 'amused',
  readConfig: readUVitConfig,
  widthNames: { text: 'encoder_hidden_size', pooled: 'cond_embed_dim' },
  buildConditioning,
  buildStep,
  // All but the ends: what makes features of tokens and logits of features is a hundredth of the work, and errors there tell most.
  isReducedLayer: (layer) => /^(transformer_layers|down_block|up_block)\./.test(layer),
  describe: ({ microWidth }, side) => ({
    description: `aMUSEd for pictures of ${side} pixels.`,
    familySettings: { microWidth } satisfies Omit<AmusedSettings, 'conditioning'>,
    steps: 12,
    guidanceScale: side >= LARGE_SIDE ? GUIDANCE_SCALE.large : GUIDANCE_SCALE.small,
    needsGraphicsCard: false,
  }),
}

export const amusedImporter: CheckpointImporter = {
  recognises: (checkpoint) => hasTensors(checkpoint, MARKS),
  plan: (checkpoint, precisions) => planPipeline(checkpoint, ARCHITECTURE, precisions),
  planExtension: (checkpoint, wanted) => planPipelineExtension(checkpoint, ARCHITECTURE, wanted),
}
