import type { InferenceEvent } from '../../api/inference.ts'
import type { StartInference } from '../../engine/inference-client/inference-process.ts'

/** What a measurement hears of the inference process, beside the engine. */
export interface InferenceObserver {
  readonly wrap: (start: StartInference) => StartInference
  /** All decode steps and forward passes of measurings since the last call. */
  takeSteps(): StepTime[]
  /** When the first preview came, in ms after this process started; undefined before it. */
  firstPreviewMs(): number | undefined
  /** Of the inference process that runs now. */
  pid(): number | undefined
}

export type StepTime = Pick<Extract<InferenceEvent, { type: 'step' | 'measure-step' }>, 'stepMs' | 'graphMs'>

export function observeInference(): InferenceObserver {
  let steps: StepTime[] = []
  let firstPreview: number | undefined
  let pid: number | undefined
  return {
    wrap: (start) => () => {
      const inference = start()
      pid = inference.pid
      inference.onEvent((event) => {
        if (event.type === 'step' || event.type === 'measure-step') steps.push(event)
        if (event.type === 'preview') firstPreview ??= performance.now()
      })
      return inference
    },
    takeSteps() {
      const taken = steps
      steps = []
      return taken
    },
    firstPreviewMs: () => firstPreview,
    pid: () => pid,
  }
}
