import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import path from 'node:path'

const parentPort = path.join(import.meta.dirname, 'parent-port.cjs')

export const utilityProcess = {
  fork(file, args = [], options = {}) {
    const child = fork(file, args, {
      serialization: 'advanced',
      execArgv: ['--require', parentPort],
      env: options.env ?? process.env,
      stdio: [...(options.stdio ?? ['ignore', 'inherit', 'inherit']), 'ipc'],
    })
    const events = new EventEmitter()
    child.on('spawn', () => events.emit('spawn'))
    child.on('message', (message) => events.emit('message', message))
    // As Electron: the exit code, and for a signal its number.
    child.on('exit', (code, signal) => events.emit('exit', code ?? constants.signals[signal]))
    Object.defineProperty(events, 'pid', { get: () => (child.connected ? child.pid : undefined) })
    return Object.assign(events, {
      stderr: child.stderr,
      postMessage: (message) => void child.send(message, () => {}),
      kill: () => child.kill(),
    })
  },
}
