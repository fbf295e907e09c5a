/** What the inference process says of itself. */
export const INFERENCE_STRINGS = {
  checkingPack: 'Checking the model’s files',
  loadingGraphs: 'Loading the model',
  preparingPreviews: 'Preparing previews',
  cpuReason: (threads: number, precision: string, why: string) =>
    `Runs on the processor with ${threads === 1 ? 'one thread' : `${threads} threads`}. ${precision}: ${why}`,
  outOfMemory: 'There is not enough memory for this; close other programs, or choose a smaller picture or model.',
} as const
