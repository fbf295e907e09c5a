import type { PassedOver, ProviderChoice } from '../providers.ts'

/** What the inference process says of itself. */
export const INFERENCE_STRINGS = {
  checkingPack: 'Checking the model’s files',
  loadingGraphs: 'Loading the model',
  preparingPreviews: 'Preparing previews',
  providers: {
    auto: 'Auto', cuda: 'NVIDIA (CUDA)', dml: 'Graphics card (DirectML)', coreml: 'Apple (Core ML)', webgpu: 'Graphics card (WebGPU)', cpu: 'Processor',
  } satisfies Record<ProviderChoice, string>,
  onProcessor: (threads: number) => `Runs on the processor with ${threads === 1 ? 'one thread' : `${threads} threads`}.`,
  onCard: (provider: string) => `Runs on: ${provider}.`,
  partly: (reason: string) => `${reason} Parts of the model run on the processor, because the card cannot run them.`,
  precision: (precision: string, why: string) => `${precision}: ${why}`,
  /** Why something faster is not used. */
  passedOver: {
    unavailable: (provider) => `${provider} was tried and is not to be had: the card, its driver or a library is missing.`,
    wrong: (provider) => `${provider} was tried and computed wrongly.`,
    slow: (provider) => `${provider} was tried and was no quicker than the processor.`,
    crashed: (provider) => `${provider} ended the program that runs the model. It is not tried again on this machine until you choose it anew.`,
  } satisfies Record<PassedOver['why'], (provider: string) => string>,
  outOfMemory: 'There is not enough memory for this; close other programs, or choose a smaller picture or model.',
} as const
