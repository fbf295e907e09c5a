import Konva from 'konva'
import type { CanvasProps } from './canvas-props.ts'

type StageParts = Pick<CanvasProps, 'documentStore' | 'viewportStore' | 'tileSource'>

/** Owns everything that is drawn on the canvas and everything that listens on it. */
export class CanvasStage {
  readonly #stage: Konva.Stage
  #props: CanvasProps | undefined

  constructor(container: HTMLDivElement, parts: StageParts) {
    this.#stage = new Konva.Stage({ container, width: container.clientWidth, height: container.clientHeight })
    void parts
  }

  update(props: CanvasProps): void {
    this.#props = props
    void this.#props
  }

  dispose(): void {
    this.#stage.destroy()
  }
}
