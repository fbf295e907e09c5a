import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'

/** DevTools events, as `(method, params, sessionId)` under `event`; `exit` when Chromium is gone. */
export const devtools = new EventEmitter()
const waiting = new Map()
let lastId = 0
let chromium

/** @returns the answer to a DevTools command of the browser, or of the page with this session. */
export function send(method, params = {}, sessionId = undefined) {
  return new Promise((resolve, reject) => {
    const id = ++lastId
    waiting.set(id, { resolve, reject, method })
    chromium.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
  })
}

/**
 * Starts Chromium with two ends to steer it by: our own pipe, and the port on which Playwright finds its pages. Closing
 * the pipe ends it, so that nothing is left when this process is killed.
 */
export async function startChromium(profile, switches) {
  const executable = process.env.REMASK_CHROMIUM
  if (!executable) throw new Error('REMASK_CHROMIUM must name the Chromium that the stand-in shows pages in')
  const args = [
    '--headless=new',
    '--no-startup-window',
    '--no-first-run',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    // Its sandbox refuses to run for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...switches,
  ]
  chromium = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  chromium.stderr.on('data', (text) => {
    // Playwright waits for this line; the rest is Chromium's own chatter.
    if (/DevTools listening/.test(text)) process.stderr.write(text)
  })
  chromium.stdio[3].on('error', () => {})
  chromium.on('exit', (code) => devtools.emit('exit', code))
  readMessages(chromium.stdio[4])
  await send('Target.setDiscoverTargets', { discover: true })
}

/** Lets Chromium end its helpers; they would go on writing to its profile for a while. */
export async function closeChromium() {
  if (chromium === undefined || chromium.exitCode !== null) return
  const ended = new Promise((resolve) => chromium.once('exit', resolve))
  send('Browser.close').catch(() => {})
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))])
}

export function killChromium() {
  chromium?.kill('SIGKILL')
}

function readMessages(stream) {
  let rest = Buffer.alloc(0)
  stream.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      receive(JSON.parse(rest.subarray(0, end).toString()))
      rest = rest.subarray(end + 1)
    }
  })
}

function receive({ id, result, error, method, params, sessionId }) {
  if (id === undefined) return void devtools.emit('event', method, params, sessionId)
  const { resolve, reject, method: asked } = waiting.get(id)
  waiting.delete(id)
  if (error) reject(new Error(`${asked}: ${error.message}`))
  else resolve(result)
}
