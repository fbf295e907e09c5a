/** The language of all strings and numbers. Another language is another set of these chapters. */
const LOCALE = 'en'

const plurals = new Intl.PluralRules(LOCALE)
const whole = new Intl.NumberFormat(LOCALE)
const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })
const seconds = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 0 })

/** "1 document", "4 documents". */
export function formatCount(count: number, words: { one: string; other: string }): string {
  return `${whole.format(count)} ${plurals.select(count) === 'one' ? words.one : words.other}`
}

export function formatNumber(value: number, fractionDigits = 0): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: fractionDigits }).format(value)
}

/** Never rounded up to 100 %: "99.9 %" for all but a few pixels. @param share 0–1 */
export function formatShare(share: number, fractionDigits = 0): string {
  const scale = 100 * 10 ** fractionDigits
  const percent = (share < 1 ? Math.floor(share * scale) : scale) / 10 ** fractionDigits
  return `${formatNumber(percent, fractionDigits)} %`
}

/** For what may be above 100 %, such as a zoom. */
export function formatPercent(factor: number): string {
  return `${whole.format(Math.round(factor * 100))} %`
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export function formatBytes(bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(LOCALE, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

export function formatSize(width: number, height: number): string {
  return `${formatNumber(width)} × ${formatNumber(height)}`
}

/** "12s" */
export function formatSeconds(value: number): string {
  return seconds.format(Math.max(0, Math.round(value)))
}

export function formatDate(iso: string): string {
  return dates.format(new Date(iso))
}

const AGES = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 604_800],
] as const

/** "5 minutes ago", "yesterday"; a date when it is more than a month past. */
export function formatAge(iso: string, now: number): string {
  const ageSeconds = (now - new Date(iso).getTime()) / 1000
  if (ageSeconds < 60) return relative.format(0, 'minute')
  if (ageSeconds > 30 * 86_400) return formatDate(iso)
  const [unit, size] = AGES.findLast(([, length]) => ageSeconds >= length) ?? AGES[0]
  return relative.format(-Math.floor(ageSeconds / size), unit)
}
