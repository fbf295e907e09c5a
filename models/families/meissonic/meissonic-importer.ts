import { hasTensors } from '../../architectures/pipeline-parts.ts'
import { planPipeline, planPipelineExtension, type PipelineArchitecture } from '../../architectures/plan-pipeline.ts'
import type { CheckpointImporter } from '../../importing/checkpoint-importer.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { readMeissonicConfig, type MeissonicConfig } from './meissonic-config.ts'
import type { MeissonicSettings } from './meissonic-settings.ts'
import { buildStep } from './step-graph.ts'

/** Tensors that only this family has: a block of text and picture, a block of both, and a head over codes. */
const MARKS = ['transformer_blocks.0.norm1_context.linear.weight', 'single_transformer_blocks.0.proj_mlp.weight', 'mlm_layer.conv2.weight']

const ARCHITECTURE: PipelineArchitecture<MeissonicConfig> = {
  family: 'meissonic',
  readConfig: readMeissonicConfig,
  widthNames: { text: 'joint_attention_dim', pooled: 'pooled_projection_dim' },
  buildConditioning,
  buildStep,
  // The blocks, but not what modulates them: that is made of one row a step, and a factor's error spreads over all cells.
  isReducedLayer: (layer) => /^(single_)?transformer_blocks\./.test(layer) && !/\.norm\d?(_context)?\.linear$/.test(layer),
  describe: ({ headWidth, rotaryWidths, isGridHalved }, side) => ({
    description: `Meissonic for pictures of ${side} pixels. Made for graphics cards: on a processor a picture takes tens of minutes.`,
    familySettings: {
      headWidth, rotaryWidths: [...rotaryWidths], gridShrink: isGridHalved ? 2 : 1,
    } satisfies Omit<MeissonicSettings, 'conditioning'>,
    steps: 48,
    guidanceScale: 9,
    needsGraphicsCard: true,
  }),
}

export const meissonicImporter: CheckpointImporter = {
  recognises: (checkpoint) => hasTensors(checkpoint, MARKS),
  plan: (checkpoint, precisions) => planPipeline(checkpoint, ARCHITECTURE, precisions),
  planExtension: (checkpoint, wanted) => planPipelineExtension(checkpoint, ARCHITECTURE, wanted),
}
