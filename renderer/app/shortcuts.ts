import { COMMANDS, type CommandId } from '../../electron/api/menu.ts'
import type { Host } from '../shell/host.ts'

/** Of a key event, what decides which command it means. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>
type Platform = Host['platform']

/**
 * The command a key press means, or undefined.
 *
 * Letters are matched by what they produce, so that Ctrl+Z is where Z is written; where the layout writes no Latin letters
 * (Russian, Greek, …) or Alt makes another sign of a key, by the key's place. Shift is asked for only where the key is a
 * letter or is written with it: `?` is `?` however it is typed, and `[` too where it takes AltGr (Ctrl and Alt at once, to a
 * page on Windows) or Option.
 */
export function findCommand(press: KeyPress, platform: Platform): CommandId | undefined {
  const ids = Object.keys(COMMANDS) as CommandId[]
  return ids.find((id) => COMMANDS[id].keys.some((combination) => matches(combination, press, platform)))
}

function matches(combination: string, press: KeyPress, platform: Platform): boolean {
  const { key, isMod, isAlt, isShift } = parse(combination)
  const isModHeld = platform === 'mac' ? press.metaKey : press.ctrlKey
  const isOtherHeld = platform === 'mac' ? press.ctrlKey : press.metaKey
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  const isTypedByAlt = press.altKey && !isOtherHeld && isModHeld === (platform !== 'mac')
  if (isSign && !isMod && !isAlt && !isShift && isTypedByAlt) return press.key === key
  if (isModHeld !== isMod || isOtherHeld || press.altKey !== isAlt) return false
  if (isSign && !isShift) return press.key === key
  if (press.shiftKey !== isShift) return false
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  return codeOf(key) !== undefined && press.code === codeOf(key) && !isLatin(press.key, press.altKey)
}

interface Combination {
  readonly key: string
  readonly isMod: boolean
  readonly isAlt: boolean
  readonly isShift: boolean
}

function parse(combination: string): Combination {
  // "Mod++" is Mod and the plus key.
  const parts = combination.endsWith('++') ? [...combination.slice(0, -2).split('+'), '+'] : combination.split('+')
  const key = parts.at(-1) ?? ''
  return { key, isMod: parts.includes('Mod'), isAlt: parts.includes('Alt'), isShift: parts.includes('Shift') }
}

/** Where a key lies on every keyboard. */
function codeOf(key: string): string | undefined {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`
  if (/^\d$/.test(key)) return `Digit${key}`
  return { '[': 'BracketLeft', ']': 'BracketRight' }[key]
}

/** Whether the layout itself says which letter a key is; with Alt held it may only say which sign it makes. */
const isLatin = (key: string, isAlt: boolean) => !isAlt && /^[a-z0-9]$/i.test(key)

const ARROWS = { ArrowUp: '↑', ArrowDown: '↓' }
const CAPS: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  mac: { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩', Escape: 'esc', ...ARROWS },
  windows: { Mod: 'Ctrl', Escape: 'Esc', ...ARROWS },
  linux: { Mod: 'Ctrl', Escape: 'Esc', ...ARROWS },
}

/** Key caps as they are written on this platform's keyboards. */
export function formatKeys(combination: string, platform: Platform): readonly string[] {
  const { key, isMod, isAlt, isShift } = parse(combination)
  const parts = [isMod && 'Mod', isAlt && 'Alt', isShift && 'Shift', key.length === 1 ? key.toUpperCase() : key]
  return parts.filter((part) => part !== false).map((part) => CAPS[platform][part] ?? part)
}

export function keysOf(id: CommandId, platform: Platform): readonly string[] | undefined {
  const [first] = COMMANDS[id].keys as readonly string[]
  return first === undefined ? undefined : formatKeys(first, platform)
}
