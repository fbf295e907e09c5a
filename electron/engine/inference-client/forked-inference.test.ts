import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportEvent, InferenceEvent, InferenceRequest } from '../../api/inference.ts'
import { startForkedInference } from './forked-inference.ts'

let folder: string
let echo: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-fork-'))
  echo = path.join(folder, 'echo.mjs')
  writeFileSync(echo, 'process.on("message", (m) => process.send(m)); process.on("disconnect", () => process.exit())')
})
afterAll(() => rmSync(folder, { recursive: true }))

const request: InferenceRequest = { type: 'cancel', jobId: 'one', keep: true }

it('carries messages both ways', async () => {
  const inference = startForkedInference(echo)()
  const answer = new Promise<InferenceEvent | ImportEvent>((resolve) => inference.onEvent(resolve))
  inference.post(request)
  expect(await answer).toEqual(request)
  inference.kill()
})

it('says once how the process ended, also to a listener that comes later', async () => {
  const inference = startForkedInference(echo)()
  const reasons: string[] = []
  const ended = new Promise<void>((resolve) => inference.onExit((reason) => resolve(void reasons.push(reason))))
  inference.kill()
  await ended
  inference.onExit((reason) => void reasons.push(reason))
  expect(reasons).toEqual(['signal SIGKILL', 'signal SIGKILL'])
})

it('takes a message to a process that is gone without failing', async () => {
  const inference = startForkedInference(echo)()
  const ended = new Promise<string>((resolve) => inference.onExit(resolve))
  inference.kill()
  await ended
  expect(() => inference.post(request)).not.toThrow()
})

it('reports a bundle that does not exist as an exit', async () => {
  const inference = startForkedInference(path.join(folder, 'missing.mjs'))()
  expect(await new Promise<string>((resolve) => inference.onExit(resolve))).toBe('exit code 1')
})
