import { expect, it } from 'vitest'
import { parseStartOptions } from './start-options.ts'

it('takes npm start without anything', () => {
  expect(parseStartOptions([])).toEqual({ host: undefined, port: undefined, shouldOpen: true })
})

it('takes a host, a port, and not to open a browser', () => {
  expect(parseStartOptions(['--host', 'browser', '--port=8123', '--no-open'])).toEqual({
    host: 'browser',
    port: 8123,
    shouldOpen: false,
  })
})

it.each(['-1', '65536', '80a', '', '1.5'])('refuses "%s" as a port', (port) => {
  expect(() => parseStartOptions([`--port=${port}`])).toThrow(/whole number/)
})

it('refuses what it does not know', () => {
  expect(() => parseStartOptions(['--host', 'phone'])).toThrow(/desktop or browser/)
  expect(() => parseStartOptions(['--prot', '1'])).toThrow(/--prot/)
})
