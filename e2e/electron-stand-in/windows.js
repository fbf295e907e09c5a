import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { app, preventableEvent } from './app.js'
import { devtools, send } from './chromium.js'
import { ipcMain } from './ipc.js'
import { fromLoopback, toLoopback } from './protocol.js'

const windows = new Map()
let lastWindowId = 0
const readPageScript = (name) => fs.readFileSync(path.join(import.meta.dirname, 'page', name), 'utf8')

/** Name of the isolated world in which a preload script runs. */
const PRELOAD_WORLD = 'preload'

class WebContents extends EventEmitter {
  #sessionId
  #preloadContext
  #url = ''
  #openHandler
  #ready

  constructor(window, preload) {
    super()
    this.window = window
    this.id = window.id
    app.emit('web-contents-created', {}, this)
    this.#ready = this.#createTarget(preload)
  }

  async #createTarget(preload) {
    const { width, height } = this.window.getBounds()
    const { targetId } = await send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
    this.targetId = targetId
    this.#sessionId = sessionId
    await Promise.all([this.#send('Page.enable'), this.#send('Runtime.enable'), this.#send('Inspector.enable')])
    await this.#send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] })
    if (preload !== undefined) await this.#addPreload(preload)
    if (this.#openHandler?.({ url: 'about:blank' }).action === 'deny') {
      await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: 'window.open = () => null' })
    }
  }

  /** The preload script in its own world, and in the page's what `contextBridge` lets through. */
  async #addPreload(preload) {
    const bridge = readPageScript('bridge.js')
    const facts = JSON.stringify({ platform: process.platform, versions: process.versions, sandboxed: true })
    const isolated = [bridge, readPageScript('isolated-world.js'), `runPreload(${facts}, (require, process, module, exports) => {`]
    const source = `(() => {${isolated.join('\n')}\n${fs.readFileSync(preload, 'utf8')}\n})})()`
    await this.#send('Runtime.addBinding', { name: '__standInSend', executionContextName: PRELOAD_WORLD })
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { worldName: PRELOAD_WORLD, source })
    const own = `(() => {${bridge}\n${readPageScript('page-world.js')}})()`
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: own })
  }

  #send(method, params) {
    return send(method, params, this.#sessionId)
  }

  isSession(sessionId) {
    return this.#sessionId === sessionId
  }

  receive(method, params) {
    this.#on[method]?.(params)
  }

  #on = {
    'Runtime.executionContextCreated': ({ context }) => {
      if (context.name === PRELOAD_WORLD) this.#preloadContext = context.id
    },
    'Page.frameNavigated': ({ frame }) => {
      if (frame.parentId === undefined) this.#url = fromLoopback(frame.url)
    },
    'Page.loadEventFired': () => this.emit('did-finish-load'),
    'Inspector.targetCrashed': () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    'Runtime.bindingCalled': ({ name, payload }) => {
      if (name === '__standInSend') void this.#receiveIpc(JSON.parse(payload))
    },
    'Fetch.requestPaused': ({ requestId, request }) => {
      const event = preventableEvent({ url: fromLoopback(request.url) })
      // Electron does not ask about addresses that the program itself loads.
      if (event.url !== this.loading) this.emit('will-frame-navigate', event)
      if (event.defaultPrevented) void this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      else void this.#send('Fetch.continueRequest', { requestId })
    },
  }

  async #receiveIpc({ id, channel, args }) {
    const event = { sender: this, senderFrame: { url: this.#url, parent: null } }
    if (id === undefined) return void ipcMain.emit(channel, event, ...args)
    this.#postToPreload({ id, ...(await ipcMain.answer(channel, event, args)) })
  }

  #postToPreload(message) {
    const expression = `__standInReceive(${JSON.stringify(message)})`
    // A page that has just gone away is not told.
    this.#send('Runtime.evaluate', { expression, contextId: this.#preloadContext }).catch(() => {})
  }

  send(channel, ...args) {
    this.#postToPreload({ channel, args })
  }

  async loadURL(address) {
    await this.#ready
    this.loading = address
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    const { errorText } = await this.#send('Page.navigate', { url: toLoopback(address) })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await loaded
  }

  isDestroyed = () => this.window.isDestroyed()
  close = () => void this.window.close()
  setWindowOpenHandler(handler) {
    this.#openHandler = handler
  }
  getURL() {
    return this.#url
  }
  reload() {
    void this.#send('Page.reload')
  }
  executeJavaScript(expression) {
    return this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }).then(({ result }) => result.value)
  }
  #edit(command) {
    void this.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`)
  }
  copy = () => this.#edit('copy')
  paste = () => this.#edit('paste')
  undo = () => this.#edit('undo')
  redo = () => this.#edit('redo')
  selectAll = () => this.#edit('selectAll')
}

export class BrowserWindow extends EventEmitter {
  #options
  #isVisible
  #isMaximized = false
  #isDestroyed = false

  constructor(options = {}) {
    super()
    this.id = ++lastWindowId
    this.#options = { x: 0, y: 0, width: 800, height: 600, title: '', ...options }
    this.#isVisible = options.show !== false
    windows.set(this.id, this)
    this.webContents = new WebContents(this, options.webPreferences?.preload)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
  }

  static getAllWindows = () => [...windows.values()]
  static getFocusedWindow = () => [...windows.values()].at(-1) ?? null
  static fromWebContents = (contents) => contents.window
  static fromId = (id) => windows.get(id) ?? null

  loadURL = (address) => this.webContents.loadURL(address)
  reload = () => this.webContents.reload()
  isVisible = () => this.#isVisible
  show = () => void (this.#isVisible = true)
  hide = () => void (this.#isVisible = false)
  focus() {}
  restore() {}
  isMinimized = () => false
  maximize = () => void (this.#isMaximized = true)
  isMaximized = () => this.#isMaximized
  isDestroyed = () => this.#isDestroyed
  setTitle = (title) => void (this.#options.title = title)
  getTitle = () => this.#options.title
  getBounds() {
    const { x, y, width, height } = this.#options
    return { x, y, width, height }
  }
  getNormalBounds = () => this.getBounds()
  setBounds = (bounds) => void Object.assign(this.#options, bounds)

  /** @returns whether it closed. */
  close() {
    const event = preventableEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
    return !event.defaultPrevented
  }

  destroy() {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.delete(this.id)
    void send('Target.closeTarget', { targetId: this.webContents.targetId }).catch(() => {})
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }
}

export const webContents = {
  getAllWebContents: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
  fromDevToolsTargetId: (targetId) => findByTarget(targetId),
}

/** @returns whether all of them closed. */
export function closeAllWindows() {
  return BrowserWindow.getAllWindows().every((window) => window.close())
}

devtools.on('event', (method, params, sessionId) => {
  if (method === 'Target.targetDestroyed') findByTarget(params.targetId)?.window.close()
  else webContents.getAllWebContents().find((contents) => contents.isSession(sessionId))?.receive(method, params)
})

function findByTarget(targetId) {
  return webContents.getAllWebContents().find((contents) => targetId !== undefined && contents.targetId === targetId)
}
