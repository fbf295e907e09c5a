import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Of a normal distribution over F features. */
export interface Moments {
  readonly mean: readonly number[]
  /** [F × F] */
  readonly covariance: Matrix
}

/** @param packed  the mean [F], then the covariance [F × F]. @throws {RangeError} when it is of another length. */
export function unpackMoments(packed: Float32Array): Moments {
  const count = Math.round((Math.sqrt(1 + 4 * packed.length) - 1) / 2)
  if (count * (count + 1) !== packed.length) throw new RangeError(`${packed.length} numbers are no mean and covariance`)
  return { mean: [...packed.subarray(0, count)], covariance: Matrix.from1DArray(count, count, [...packed.subarray(count)]) }
}

/** @param features  at least two pictures' [F]. */
export function momentsOf(features: readonly Float32Array[]): Moments {
  const count = features[0]!.length
  const mean = Array.from({ length: count }, (_, k) => features.reduce((sum, row) => sum + row[k]!, 0) / features.length)
  const centred = new Matrix(features.map((row) => Array.from(row, (value, k) => value - mean[k]!)))
  return { mean, covariance: centred.transpose().mmul(centred).div(features.length - 1) }
}

/** ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½) (Heusel et al. 2017, section 3). */
export function frechetDistance(a: Moments, b: Moments): number {
  const shift = a.mean.reduce((sum, value, k) => sum + (value - b.mean[k]!) ** 2, 0)
  const root = squareRoot(a.covariance)
  const product = root.mmul(b.covariance).mmul(root)
  const eigenvalues = decompose(product).realEigenvalues
  const cross = eigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
  return shift + a.covariance.trace() + b.covariance.trace() - 2 * cross
}

function squareRoot(symmetric: Matrix): Matrix {
  const { eigenvectorMatrix: vectors, realEigenvalues } = decompose(symmetric)
  return vectors.mmul(Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))))).mmul(vectors.transpose())
}

/** Rounding leaves products a little asymmetric; a symmetric matrix has real eigenvalues. */
function decompose(matrix: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(Matrix.add(matrix, matrix.transpose()).div(2), { assumeSymmetric: true })
}
