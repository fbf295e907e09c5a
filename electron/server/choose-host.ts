import type { Settings } from '../api/settings.ts'
import type { Shell } from '../api/shell.ts'
import { START_STRINGS } from '../api/strings/hosts.ts'

export interface HostFacts {
  /** By `--host`. */
  readonly asked: Shell['host'] | undefined
  readonly setting: Settings['host']
  readonly isPortGiven: boolean
  readonly hasDisplay: boolean
}

/** How Electron's binary was found; `unreachable`: not installed, and its download did not begin or did not end. */
export type ElectronFound = 'present' | 'downloaded' | 'unreachable'

export interface HostChoice {
  readonly host: Shell['host']
  /** Why, as the end of a sentence. */
  readonly reason: string
  /** The user asked for a host that cannot be had. */
  readonly isImpossible?: true
}

/** @param findElectron  asked only where the answer decides, since it may try to download. */
export async function chooseHost(facts: HostFacts, findElectron: () => Promise<ElectronFound>): Promise<HostChoice> {
  const { reasons } = START_STRINGS
  if (facts.asked === 'browser') return { host: 'browser', reason: reasons.asked }
  if (facts.asked === undefined) {
    if (facts.isPortGiven) return { host: 'browser', reason: reasons.portGiven }
    if (facts.setting === 'browser') return { host: 'browser', reason: reasons.setting }
    if (!facts.hasDisplay) return { host: 'browser', reason: reasons.noDisplay }
  }
  const found = await findElectron()
  if (found === 'unreachable') {
    return { host: 'browser', reason: reasons.electronUnreachable, ...(facts.asked === 'desktop' && { isImpossible: true }) }
  }
  if (facts.asked === 'desktop') return { host: 'desktop', reason: reasons.asked }
  if (facts.setting === 'desktop') return { host: 'desktop', reason: reasons.setting }
  return { host: 'desktop', reason: found === 'present' ? reasons.electronPresent : reasons.electronDownloaded }
}

/** Windows and macOS always have one; elsewhere a display server says so. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}
