// Runs first in a utility process: gives it Electron's `process.parentPort`.
'use strict'
const { EventEmitter } = require('node:events')

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message) => process.send(message),
  start: () => {},
})
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }))
// Electron ends its utility processes with itself.
process.on('disconnect', () => process.exit())
Object.assign(process, { parentPort, type: 'utility' })
