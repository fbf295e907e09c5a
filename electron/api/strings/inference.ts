/** What the inference process says of itself. */
export const INFERENCE_STRINGS = {
  checkingPack: 'Checking the model’s files',
  loadingGraphs: 'Loading the model',
  preparingPreviews: 'Preparing previews',
  cpuReason: (threads: number) =>
    `Runs on the processor with ${threads === 1 ? 'one thread' : `${threads} threads`}, in full precision: this model has no variant for a graphics card.`,
  outOfMemory: 'There is not enough memory for this; close other programs, or choose a smaller picture or model.',
} as const
