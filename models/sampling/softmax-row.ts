import kernelBytes from './softmax-kernel.wat'

/** The kernel sums the exponentials of so many logits at a time. */
const BLOCK = 16
const LEAST_FLOAT = -3.4028234663852886e38
const PAGE_BYTES = 65_536

interface Kernel {
  readonly memory: WebAssembly.Memory
  largest(end: number): number
  sum(end: number, largest: number, least: number, scale: number): number
}

/**
 * The softmax of one row of logits at a time, in single precision as the model's: its normaliser, and draws from it.
 * The exponentials are taken in WebAssembly, eight times as fast as by Math.exp (`softmax-kernel.wat`).
 */
class SoftmaxRow {
  readonly #kernel = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes)).exports as unknown as Kernel
  #logits = new Float32Array(0)
  /** The weights up to the end of each block, summed. */
  #sums = new Float64Array(0)
  #largest = 0
  #least = LEAST_FLOAT
  #temperature = 1

  /**
   * Takes a row for the calls that follow.
   *
   * @returns log Σ exp(logits): a logit minus it is its token's log-probability.
   */
  fill(logits: Float32Array): number {
    const padded = Math.ceil(logits.length / BLOCK) * BLOCK
    if (this.#logits.length !== padded) this.#makeRoom(padded)
    this.#logits.set(logits)
    this.#logits.fill(-Infinity, logits.length)
    this.#largest = this.#kernel.largest(this.#logits.byteLength)
    return this.#largest + Math.log(this.weigh(1))
  }

  /** Draws at another temperature from now on, and of no logit below `least`. @returns Σ exp((logit − largest) / temperature). */
  weigh(temperature: number, least = LEAST_FLOAT): number {
    this.#temperature = temperature
    this.#least = least
    return this.#kernel.sum(this.#logits.byteLength, this.#largest, least, Math.LOG2E / temperature)
  }

  /** The index whose running sum of weights is the first beyond this share, in [0, 1), of their whole sum. */
  draw(uniform: number): number {
    const whole = this.#sums.at(-1)!
    // Rounded up to the whole, a share would lie beyond what can be drawn.
    const share = Math.min(uniform * whole, whole * (1 - Number.EPSILON))
    const block = this.#sums.findIndex((sum) => sum > share)
    let rest = share - (this.#sums[block - 1] ?? 0)
    let last = -1
    for (let index = block * BLOCK; index < (block + 1) * BLOCK; index++) {
      const logit = this.#logits[index]!
      if (!(logit >= this.#least)) continue
      last = index
      rest -= Math.exp((logit - this.#largest) / this.#temperature)
      if (rest < 0) break
    }
    return last // rounding may leave a rest: it belongs to the last that can be drawn
  }

  #makeRoom(count: number): void {
    const { memory } = this.#kernel
    const bytes = count * Float32Array.BYTES_PER_ELEMENT + (count / BLOCK) * Float64Array.BYTES_PER_ELEMENT
    const missing = bytes - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    this.#logits = new Float32Array(memory.buffer, 0, count)
    this.#sums = new Float64Array(memory.buffer, this.#logits.byteLength, count / BLOCK)
  }
}

/** There is one for all: every memory of WebAssembly reserves gigabytes of addresses. */
export const softmaxRow = new SoftmaxRow()
