import { EventEmitter } from 'node:events'

class IpcMain extends EventEmitter {
  #handlers = new Map()

  handle(channel, handler) {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }
  removeHandler(channel) {
    this.#handlers.delete(channel)
  }

  /** What an `ipcRenderer.invoke` is answered with. */
  async answer(channel, event, args) {
    try {
      const handler = this.#handlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      return { value: await handler(event, ...args) }
    } catch (error) {
      return { error: `Error invoking remote method '${channel}': ${error}` }
    }
  }
}

export const ipcMain = new IpcMain()
