// Runs first in a utility process: gives it Electron's `process.parentPort`.
'use strict'
const { EventEmitter } = require('node:events')

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message) => process.send(message),
})
const deliver = (data) => parentPort.emit('message', { data, ports: [] })
// As Electron: messages wait until somebody listens. Node keeps those of a channel that nobody listens to.
parentPort.on('newListener', (event) => {
  if (event === 'message' && parentPort.listenerCount('message') === 0) process.on('message', deliver)
})
parentPort.on('removeListener', (event) => {
  if (event === 'message' && parentPort.listenerCount('message') === 0) process.off('message', deliver)
})
// Electron ends its utility processes with itself.
process.on('disconnect', () => process.exit())
Object.assign(process, { parentPort, type: 'utility' })
