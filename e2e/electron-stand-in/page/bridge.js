// In both worlds: calls between them. Events are all that two worlds of one page share; what an event carries is copied.
function createBridge(here, there) {
  const functions = []
  const idOf = new WeakMap()
  const proxies = new Map()
  const promises = new Map()
  let promiseCount = 0
  let returned

  const tell = (type, detail) => dispatchEvent(new CustomEvent(`stand-in:${there}:${type}`, { detail }))
  const on = (type, listener) => addEventListener(`stand-in:${here}:${type}`, ({ detail }) => listener(detail))

  function register(value) {
    if (!idOf.has(value)) idOf.set(value, functions.push(value) - 1)
    return idOf.get(value)
  }

  function encode(value) {
    if (typeof value === 'function') return { function: register(value) }
    if (value instanceof Promise) {
      const promise = promiseCount++
      value.then(
        (result) => tell('settle', { promise, result: encode(result) }),
        (error) => tell('settle', { promise, error: String(error?.message ?? error) }),
      )
      return { promise }
    }
    if (Array.isArray(value)) return { array: value.map(encode) }
    if (value === null || typeof value !== 'object') return { value }
    return { object: Object.entries(value).map(([key, field]) => [key, encode(field)]) }
  }

  function decode(encoded) {
    if ('function' in encoded) return proxyOf(encoded.function)
    if ('promise' in encoded) return new Promise((resolve, reject) => promises.set(encoded.promise, { resolve, reject }))
    if ('array' in encoded) return encoded.array.map(decode)
    if ('object' in encoded) return Object.freeze(Object.fromEntries(encoded.object.map(([key, field]) => [key, decode(field)])))
    return encoded.value
  }

  function proxyOf(id) {
    if (!proxies.has(id)) {
      proxies.set(id, (...args) => {
        tell('call', { id, args: args.map(encode) })
        if (returned.error !== undefined) throw new Error(returned.error)
        return decode(returned.result)
      })
    }
    return proxies.get(id)
  }

  on('return', (outcome) => (returned = outcome))
  on('call', ({ id, args }) => {
    let outcome
    try {
      outcome = { result: encode(functions[id](...args.map(decode))) }
    } catch (error) {
      outcome = { error: String(error?.message ?? error) }
    }
    tell('return', outcome)
  })
  on('settle', ({ promise, result, error }) => {
    const { resolve, reject } = promises.get(promise)
    promises.delete(promise)
    if (error === undefined) resolve(decode(result))
    else reject(new Error(error))
  })
  return { tell, on, encode, decode }
}
