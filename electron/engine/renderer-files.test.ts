import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addSecurityHeaders, serveRendererFile } from './renderer-files.ts'

let parent: string
let folder: string
beforeAll(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'remask-renderer-'))
  folder = path.join(parent, 'renderer')
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(path.join(folder, 'assets/page-1a2b.js'), 'export {}')
  writeFileSync(path.join(parent, 'secret.txt'), 'secret')
  mkdirSync(path.join(parent, 'renderer-of-another'))
  writeFileSync(path.join(parent, 'renderer-of-another/index.html'), 'secret')
})
afterAll(() => rmSync(parent, { recursive: true }))

describe('files of the renderer', () => {
  it('serves the page at /, never cached, under a policy that names no other origin', async () => {
    const response = await serveRendererFile(folder, '/')
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|data:/)
  })

  it('serves scripts as scripts, cached for ever', async () => {
    const response = await serveRendererFile(folder, '/assets/page-1a2b.js')
    expect(response.headers.get('content-type')).toContain('javascript')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(await response.text()).toBe('export {}')
  })

  it.each([
    '/missing.js',
    '/assets',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/../renderer-of-another/index.html',
    '/%00',
    '/%',
  ])('answers 404 to %s', async (pathname) => {
    const response = await serveRendererFile(folder, pathname)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('secret')
  })
})

it('keeps status, body and headers of an answer it makes safe', async () => {
  const response = addSecurityHeaders(new Response('{}', { status: 422, headers: { 'content-type': 'application/json' } }))
  expect(response.status).toBe(422)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await response.text()).toBe('{}')
})
