// Loaded into every Node process of the program under test: writes down each connection that would leave this machine.
import { appendFileSync } from 'node:fs'
import net from 'node:net'

const file = process.env.REMASK_NETWORK_LOG
const isLoopback = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\./.test(host)

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  const host = typeof first === 'object' ? (first.path === undefined ? first.host : undefined) : args[1]
  if (file !== undefined && typeof first !== 'string' && !isLoopback(typeof host === 'string' ? host : undefined)) {
    appendFileSync(file, `${process.argv[1]} connects to ${host}\n`)
  }
  return connect.apply(this, args)
}
