import { parseArgs } from 'node:util'
import type { Shell } from '../api/shell.ts'
import { START_STRINGS } from '../api/strings/hosts.ts'

export interface StartOptions {
  readonly host: Shell['host'] | undefined
  readonly port: number | undefined
  readonly shouldOpen: boolean
}

/** The arguments of `npm start -- …`. Throws a RangeError or TypeError with one sentence for the user. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { host: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
  })
  const { host } = values
  if (host !== undefined && host !== 'desktop' && host !== 'browser') throw new RangeError(START_STRINGS.badHost)
  return {
    host,
    port: values.port === undefined ? undefined : parsePort(values.port),
    shouldOpen: !values['no-open'],
  }
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new RangeError(START_STRINGS.badPort)
  return port
}
