import type { Report } from './measure.ts'
import type { ModelReport, Timing } from './measure-model.ts'
import type { PictureTiming } from './measure-pictures.ts'

/** The report for people. */
export function formatTable({ machine, model, secondsToFirstPreview, peakBytes, pictures, wide }: Report): string {
  const [loadAtStart, loadAtEnd] = machine.load
  return [
    `${machine.processor}, ${machine.coreCount} cores, ${machine.platform}; load ${loadAtStart.toFixed(1)} to ${loadAtEnd.toFixed(1)}`,
    '',
    ...formatModel(model),
    '',
    `process start to first preview  ${secondsToFirstPreview?.toFixed(2) ?? '–'} s`,
    `peak memory  engine ${mebibytes(peakBytes.engine)}, inference ${mebibytes(peakBytes.inference)}`,
    '',
    row(`JPEG of ${pictures.width} × ${pictures.height}`, ['seconds', 'others waited', 'at most']),
    ...(['open', 'show', 'repaint', 'exportPng'] as const).map((name) => formatPicture(PICTURE_NAMES[name], pictures[name])),
    ...(wide === null ? [] : ['', ...formatModel(wide)]),
    '',
  ].join('\n')
}

const PICTURE_NAMES = { open: 'open', show: 'show', repaint: 'repaint a part', exportPng: 'export as PNG' }

function formatModel({ packId, width, height, runCount, picture, forecast, repaint, edits }: ModelReport): string[] {
  return [
    `${packId}, ${width} × ${height}, middle of ${runCount} runs`,
    row('', ['seconds', 'steps', 's / step', 'outside ORT', 'relative']),
    formatTiming('picture', picture, 1),
    ...(forecast === null ? [] : [formatForecast(forecast)]),
    ...repaint.map((timing) => formatTiming(`repaint 1/${Math.round(1 / timing.share)}`, timing, timing.relativeSeconds)),
    ...edits.map((timing) => formatTiming(timing.kind, timing, timing.relativeSeconds)),
  ]
}

function formatTiming(name: string, timing: Timing, relative: number): string {
  const { seconds, steps, secondsPerStep, shareOutsideRuntime } = timing
  const outside = `${(shareOutsideRuntime * 100).toFixed(1)} %`
  return row(name, [seconds.toFixed(2), String(steps), secondsPerStep.toFixed(3), outside, relative.toFixed(2)])
}

function formatForecast({ predictedSeconds, measuredSeconds, shareWithinFifth }: NonNullable<ModelReport['forecast']>): string {
  const off = `${((predictedSeconds / measuredSeconds - 1) * 100).toFixed(0)} %`
  return row('said beforehand', [predictedSeconds.toFixed(2), `took ${measuredSeconds.toFixed(2)}`, `off by ${off}`, `within 20 %: ${Math.round(shareWithinFifth * 100)} % of runs`])
}

function formatPicture(name: string, { seconds, p99Ms, maxMs }: PictureTiming): string {
  return row(name, [seconds.toFixed(2), `${p99Ms.toFixed(0)} ms p99`, `${maxMs.toFixed(0)} ms`])
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(14)).join('')
}

const mebibytes = (bytes: number | null) => (bytes === null ? '–' : `${Math.round(bytes / 2 ** 20)} MiB`)
