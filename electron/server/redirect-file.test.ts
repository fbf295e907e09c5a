import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { writeRedirectFile } from './redirect-file.ts'

it('leads to the address, from a file that no other user can read', async () => {
  const redirect = await writeRedirectFile('http://127.0.0.1:8123/secret/')
  expect(readFileSync(redirect.file, 'utf8')).toContain('url=http://127.0.0.1:8123/secret/"')
  if (process.platform !== 'win32') {
    expect(statSync(redirect.file).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(redirect.file)).mode & 0o777).toBe(0o700)
  }
  await redirect.delete()
  expect(existsSync(path.dirname(redirect.file))).toBe(false)
})
