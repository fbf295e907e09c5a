import { randomUUID } from 'node:crypto'
import type { EngineError } from '../../api/errors.ts'
import type { TokenAnswer, TokenQuestion } from '../../api/inference.ts'

interface Waiting {
  readonly resolve: (answer: TokenAnswer) => void
  readonly reject: (error: EngineError) => void
}

/** Questions that the inference process has not answered yet. */
export class Questions {
  readonly #waiting = new Map<string, Waiting>()

  /** @param post  sends the question under the name it is given. */
  ask<Kind extends TokenQuestion['kind']>(
    _question: Extract<TokenQuestion, { kind: Kind }>,
    post: (questionId: string) => void,
  ): Promise<Extract<TokenAnswer, { kind: Kind }>> {
    const questionId = randomUUID()
    return new Promise<TokenAnswer>((resolve, reject) => {
      this.#waiting.set(questionId, { resolve, reject })
      post(questionId)
    }) as Promise<Extract<TokenAnswer, { kind: Kind }>>
  }

  answer(questionId: string, answer: TokenAnswer): void {
    this.#take(questionId)?.resolve(answer)
  }

  reject(questionId: string, error: EngineError): void {
    this.#take(questionId)?.reject(error)
  }

  rejectAll(error: EngineError): void {
    for (const questionId of [...this.#waiting.keys()]) this.reject(questionId, error)
  }

  #take(questionId: string): Waiting | undefined {
    const taken = this.#waiting.get(questionId)
    this.#waiting.delete(questionId)
    return taken
  }
}
