import type { Report, Timing } from './measure.ts'

/** The report for people. */
export function formatTable(report: Report): string {
  const row = (name: string, timing: Timing, relative: string) =>
    [
      name.padEnd(16),
      timing.seconds.toFixed(2).padStart(9),
      String(timing.steps).padStart(6),
      timing.secondsPerStep.toFixed(3).padStart(10),
      percent(timing.shareOutsideRuntime).padStart(14),
      relative.padStart(9),
    ].join('')
  const lines = [
    `${report.packId}, ${report.width} × ${report.height}, middle of ${report.runCount} runs`,
    '',
    `${''.padEnd(16)}${'seconds'.padStart(9)}${'steps'.padStart(6)}${'s / step'.padStart(10)}${'outside ORT'.padStart(14)}${'relative'.padStart(9)}`,
    row('picture', report.picture, '1'),
    ...report.repaint.map((repaint) => row(`repaint 1/${Math.round(1 / repaint.share)}`, repaint, repaint.relativeSeconds.toFixed(2))),
    '',
    `process start to first preview  ${report.secondsToFirstPreview?.toFixed(2) ?? '–'} s`,
    `peak memory  engine ${mebibytes(report.peakBytes.engine)}, inference ${mebibytes(report.peakBytes.inference)}`,
  ]
  return `${lines.join('\n')}\n`
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const mebibytes = (bytes: number | null) => (bytes === null ? '–' : `${Math.round(bytes / 2 ** 20)} MiB`)
