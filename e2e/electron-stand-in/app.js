import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { closeChromium, devtools, killChromium, startChromium } from './chromium.js'
import { startSchemeServer } from './protocol.js'
import { closeAllWindows } from './windows.js'

/** An event that its listeners may prevent, as Electron's. */
export function preventableEvent(fields = {}) {
  return Object.assign(fields, {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  })
}

class App extends EventEmitter {
  isPackaged = false
  commandLine = {
    switches: [],
    appendSwitch(name, value) {
      this.switches.push(value ? `--${name}=${value}` : `--${name}`)
    },
  }
  #paths = new Map()
  #markReady
  #ready = new Promise((resolve) => (this.#markReady = resolve))
  #isReady = false
  #isExiting = false
  #program
  #temporaryProfile

  /** What boot.js read: the program's package.json and folder, and Playwright's debugging switch. */
  describe(program) {
    this.#program = program
  }

  async start() {
    await startSchemeServer()
    const profile = this.#paths.get('userData') ?? this.#makeTemporaryProfile()
    const { remoteDebugging } = this.#program
    await startChromium(profile, [...this.commandLine.switches, ...(remoteDebugging ? [remoteDebugging] : [])])
    devtools.on('exit', (code) => this.exit(code ?? 0))
    this.#isReady = true
    this.emit('ready', preventableEvent(), {})
    this.#markReady()
  }

  whenReady() {
    return this.#ready
  }
  isReady() {
    return this.#isReady
  }
  getName() {
    return this.#program.manifest.productName
  }
  getVersion() {
    return this.#program.manifest.version
  }
  getAppPath() {
    return this.#program.folder
  }
  setPath(name, folder) {
    this.#paths.set(name, folder)
  }
  getPath(name) {
    return this.#paths.get(name) ?? { home: os.homedir(), temp: os.tmpdir() }[name] ?? os.tmpdir()
  }
  requestSingleInstanceLock() {
    return true
  }
  setAboutPanelOptions() {}
  focus() {}

  quit() {
    const event = preventableEvent()
    this.emit('before-quit', event)
    if (event.defaultPrevented || !closeAllWindows()) return
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }

  exit(code = 0) {
    if (this.#isExiting) return
    this.#isExiting = true
    this.emit('quit', {}, code)
    void closeChromium().then(() => {
      if (this.#temporaryProfile) fs.rmSync(this.#temporaryProfile, { recursive: true, force: true, maxRetries: 5 })
      process.exit(code)
    })
  }

  #makeTemporaryProfile() {
    this.#temporaryProfile = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-stand-in-'))
    return this.#temporaryProfile
  }
}

export const app = new App()
process.on('exit', killChromium)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.quit())
