/**
 * The size of one axis: a number, or a name where it is known only when the graph runs. Products of names are written
 * 'a*b', names in alphabetical order, with the numeric factor first: '2*columns*rows'.
 */
export type Dim = number | string
export type Dims = readonly Dim[]

/** The product of some sizes in normal form, so that equal products are equal strings. */
export function product(...dims: Dims): Dim {
  let factor = 1
  const names: string[] = []
  for (const part of dims.flatMap((dim) => String(dim).split('*'))) {
    const size = Number(part)
    if (Number.isNaN(size)) names.push(part)
    else factor *= size
  }
  if (names.length === 0) return factor
  return [...(factor === 1 ? [] : [factor]), ...names.sort()].join('*')
}

/** The sum of some sizes; where one is a name, a name that no product takes apart. */
export function total(...dims: Dims): Dim {
  const names = dims.filter((dim) => typeof dim === 'string')
  const known = dims.filter((dim) => typeof dim === 'number').reduce((sum, dim) => sum + dim, 0)
  if (names.length === 0) return known
  return `(${[...names, ...(known === 0 ? [] : [known])].join('+')})`.replaceAll('*', '·')
}

/** Half of a size, rounded down. */
export function half(dim: Dim): Dim {
  return typeof dim === 'number' ? Math.floor(dim / 2) : `⌊${dim}/2⌋`.replaceAll('*', '·')
}

/**
 * The shape of an elementwise result, by NumPy's rules.
 *
 * @throws {RangeError} when the shapes do not fit.
 */
export function broadcast(a: Dims, b: Dims): Dims {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) throw new RangeError(`${format(a)} does not go with ${format(b)}`)
    return left === 1 ? right : left
  })
}

export function sameDims(a: Dims, b: Dims): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}

export function format(dims: Dims): string {
  return `[${dims.join(' × ')}]`
}
