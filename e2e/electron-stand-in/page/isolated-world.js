// In the preload script's world: Electron's modules for it.
function runPreload(facts, preload) {
  const bridge = createBridge('preload', 'page')
  const exposed = {}
  const listeners = new Map()
  const answers = new Map()
  let lastId = 0

  const post = (message) => __standInSend(JSON.stringify(message))
  globalThis.__standInReceive = ({ id, value, error, channel, args }) => {
    if (channel !== undefined) {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
      return
    }
    const { resolve, reject } = answers.get(id)
    answers.delete(id)
    if (error === undefined) resolve(value)
    else reject(new Error(error))
  }

  const ipcRenderer = {
    send: (channel, ...args) => post({ channel, args }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        answers.set(id, { resolve, reject })
        post({ id, channel, args })
      }),
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    off: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((other) => other !== listener)),
  }
  const contextBridge = { exposeInMainWorld: (name, api) => void (exposed[name] = api) }
  bridge.on('query', () => bridge.tell('expose', bridge.encode(exposed)))

  const require = (name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return { contextBridge, ipcRenderer }
  }
  const module = { exports: {} }
  preload(require, facts, module, module.exports)
}
