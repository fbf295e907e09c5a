import { broadcast, format, type Dims } from './dims.ts'
import type { Value } from './graph.ts'
import { elementTypeNumber, type ElementType } from './model-file.ts'

/** Elementwise operators and reductions, one function each. A plain number stands for a float32 constant. */
export type Operand = Value | number

export const add = (a: Value, b: Operand): Value => combine('Add', a, b)
export const subtract = (a: Value, b: Operand): Value => combine('Sub', a, b)
export const multiply = (a: Value, b: Operand): Value => combine('Mul', a, b)
export const divide = (a: Value, b: Operand): Value => combine('Div', a, b)
/** a to the power of b. */
export const power = (a: Value, b: Operand): Value => combine('Pow', a, b)

export const negate = (x: Value): Value => map('Neg', x)
export const squareRoot = (x: Value): Value => map('Sqrt', x)
export const sigmoid = (x: Value): Value => map('Sigmoid', x)
export const tanh = (x: Value): Value => map('Tanh', x)
/** The Gauss error function. */
export const erf = (x: Value): Value => map('Erf', x)

export const clip = (x: Value, low: number, high: number): Value =>
  x.graph.node('Clip', [x, scalar(x, low), scalar(x, high)], [x])[0]!

/** Exponentials over the last axis, divided by their sum. */
export const softmax = (x: Value): Value => x.graph.node('Softmax', [x], [x], { axis: -1 })[0]!

export function cast(x: Value, type: ElementType): Value {
  if (x.type === type) return x
  return x.graph.node('Cast', [x], [{ type, dims: x.dims }], { to: elementTypeNumber(type) })[0]!
}

/** Where two int64 tensors are equal: bool. */
export function equal(a: Value, b: Value): Value {
  return a.graph.node('Equal', [a, b], [{ type: 'bool', dims: broadcast(a.dims, b.dims) }])[0]!
}

/** The mean over an axis, which stays with size 1. */
export function mean(x: Value, axis: number): Value {
  const at = resolveAxis(x, axis)
  return x.graph.node('ReduceMean', [x], [reduced(x, [at])], { axes: [at], keepdims: 1 })[0]!
}

/** The sum over some axes, which stay with size 1. */
export function sum(x: Value, axes: readonly number[]): Value {
  const at = axes.map((axis) => resolveAxis(x, axis))
  const axesValue = x.graph.constant('int64', [at.length], at)
  return x.graph.node('ReduceSum', [x, axesValue], [reduced(x, at)], { keepdims: 1 })[0]!
}

/** The index of the first largest element over an axis, which goes: int64. */
export const argMax = (x: Value, axis: number): Value => indexOfExtreme('ArgMax', x, axis)

/** The index of the first smallest element over an axis, which goes: int64. */
export const argMin = (x: Value, axis: number): Value => indexOfExtreme('ArgMin', x, axis)

/** @throws {RangeError} when x has no such axis. Negative axes count from the last. */
export function resolveAxis(x: Value, axis: number): number {
  const resolved = axis < 0 ? axis + x.dims.length : axis
  if (resolved < 0 || resolved >= x.dims.length) throw new RangeError(`${format(x.dims)} has no axis ${axis}`)
  return resolved
}

export function scalar(x: Value, value: number): Value {
  return x.graph.constant('float32', [], [value])
}

function combine(operator: string, a: Value, b: Operand): Value {
  const right = typeof b === 'number' ? scalar(a, b) : b
  if (a.type !== right.type) throw new RangeError(`${operator} of ${a.type} and ${right.type}`)
  return a.graph.node(operator, [a, right], [{ type: a.type, dims: broadcast(a.dims, right.dims) }])[0]!
}

function map(operator: string, x: Value): Value {
  return x.graph.node(operator, [x], [x])[0]!
}

function reduced(x: Value, axes: readonly number[]): { type: ElementType; dims: Dims } {
  return { type: x.type, dims: x.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim)) }
}

function indexOfExtreme(operator: 'ArgMax' | 'ArgMin', x: Value, axis: number): Value {
  const at = resolveAxis(x, axis)
  const dims = x.dims.filter((_, i) => i !== at)
  return x.graph.node(operator, [x], [{ type: 'int64', dims }], { axis: at, keepdims: 0, select_last_index: 0 })[0]!
}
