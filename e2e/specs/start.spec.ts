import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'

const root = path.join(import.meta.dirname, '../..')

let dataFolder: string
test.beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'remask-start-'))
})
test.afterEach(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 }))

interface Started {
  readonly child: ChildProcess
  output(): string
}

/** `npm start -- …` of a machine without a display and without Electron. */
function start(args: readonly string[]): Started {
  const environment: NodeJS.ProcessEnv = { ...process.env, REMASK_DATA_FOLDER: dataFolder }
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'ELECTRON_OVERRIDE_DIST_PATH']) delete environment[name]
  const child = spawn(process.execPath, [path.join(root, 'dist/electron/start.js'), ...args], { env: environment })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
  return { child, output: () => output }
}

test('npm start says which host it uses and why, answers at its address, and ends with Ctrl+C', async () => {
  test.skip(process.platform !== 'linux', 'only there a machine can be without a display')
  const { child, output } = start(['--no-open'])
  await expect.poll(output).toContain('http://127.0.0.1:')
  expect(output().split('\n')[0]).toBe('Remask runs in your browser: this machine has no display.')
  const [url] = /http:\S+/.exec(output()) ?? []
  expect((await fetch(`${url}api/about`)).status).toBe(200)
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  await expect(fetch(`${url}api/about`)).rejects.toThrow()
})

test('npm start listens on the port that is asked for', async () => {
  const port = await findFreePort()
  const { child, output } = start(['--no-open', '--port', String(port)])
  await expect.poll(output).toContain(`http://127.0.0.1:${port}/`)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
})

test('npm start says that a port is in use', async () => {
  const busy = net.createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const { port } = busy.address() as net.AddressInfo
  const { child, output } = start(['--no-open', '--port', String(port)])
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(output()).toContain(`Port ${port} is in use. Choose another one with --port`)
  busy.close()
})

test('a second program on one data folder is refused with the reason', async () => {
  const first = start(['--no-open', '--host', 'browser'])
  await expect.poll(first.output).toContain('http://127.0.0.1:')
  const second = start(['--no-open', '--host', 'browser'])
  expect(await once(second.child, 'exit')).toEqual([1, null])
  expect(second.output().trim().split('\n').at(-1)).toMatch(/already|in use|another/i)
  const ended = once(first.child, 'exit')
  first.child.kill('SIGINT')
  await ended
})

test('npm start refuses arguments it does not know', async () => {
  const { child, output } = start(['--host', 'phone'])
  expect(await once(child, 'exit')).toEqual([2, null])
  expect(output()).toContain('The host is desktop or browser.')
})

async function findFreePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
