import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { FrameTimes } from './frames.ts'
import type { PeakMemory } from './memory.ts'

export interface PageReport {
  /** Programs that wanted a core over the last minute, at the start. */
  load: number
  secondsToFirstInput: number
  hover: FrameTimes
  stroke: FrameTimes & { readonly logBytes: number }
  /** `jobBytes`: the record of the job and its four candidates, without pixels and tokens. */
  edit: { readonly logBytes: number; readonly jobBytes: number }
  /** From the page's sending the file until the last tile that is shown has come. */
  secondsToPhoto: number
  /** After four candidates were made and one taken; after that photo was opened. */
  editMemory: PeakMemory
  photoMemory: PeakMemory
}

const REPORT_FILE = path.join(import.meta.dirname, '../../test-results/bench-page.json')

/** A table, and the same as JSON in a file. A measurement that failed is left out; Playwright says why. */
export async function printReport(report: Partial<PageReport>): Promise<void> {
  const { load, secondsToFirstInput, hover, stroke, edit, secondsToPhoto, editMemory, photoMemory } = report
  const rows = [
    ['', 'measured', 'mark'],
    ...(secondsToFirstInput === undefined ? [] : [['process start to first input', `${secondsToFirstInput.toFixed(2)} s`, '2 s']]),
    ...(hover === undefined ? [] : describeFrames('pen up, 4096²', hover, '')),
    ...(stroke === undefined ? [] : describeFrames('stroke, 4096²', stroke, '17.5 ms')),
    ...(stroke === undefined ? [] : [['pen-up', `${stroke.penUpMs?.toFixed(1) ?? '–'} ms`, '8 ms'], ['longest frame from then on', `${stroke.penUpFrameMs?.toFixed(1) ?? '–'} ms`, ''], ['log of the stroke', `${stroke.logBytes} B`, '2048 B']]),
    ...(edit === undefined ? [] : [['log of an edit', `${edit.logBytes} B`, '5120 B'], ['its job, four candidates', `${edit.jobBytes} B`, '']]),
    ...(secondsToPhoto === undefined ? [] : [['24-megapixel JPEG until shown', `${secondsToPhoto.toFixed(2)} s`, '2 s']]),
    ...(editMemory === undefined ? [] : describeMemory('after an edit', editMemory)),
    ...(photoMemory === undefined ? [] : describeMemory('after the photo', photoMemory)),
  ]
  console.log(`\n${os.cpus()[0]?.model}, ${os.availableParallelism()} cores; load ${load?.toFixed(1)}\n`)
  for (const [name = '', measured = '', mark = ''] of rows) console.log(name.padEnd(40) + measured.padStart(18) + mark.padStart(10))
  await mkdir(path.dirname(REPORT_FILE), { recursive: true })
  await writeFile(REPORT_FILE, `${JSON.stringify(report, null, 2)}\n`)
  console.log(`\nAs JSON: ${path.relative(process.cwd(), REPORT_FILE)}`)
}

function describeMemory(when: string, { host, inference, renderer, graphics }: PeakMemory): string[][] {
  const inMebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`
  return [
    [`peak ${when}: host / inference`, `${inMebibytes(host)} / ${inMebibytes(inference)}`, ''],
    [`peak ${when}: page / graphics`, `${inMebibytes(renderer)} / ${inMebibytes(graphics)}`, ''],
  ]
}

function describeFrames(name: string, { frameCount, medianMs, p95Ms, slowCount }: FrameTimes, mark: string): string[][] {
  return [
    [`${name}: p95 frame`, `${p95Ms.toFixed(1)} ms`, mark],
    [`${name}: median frame`, `${medianMs.toFixed(1)} ms`, ''],
    [`${name}: over 25 ms`, `${slowCount} of ${frameCount}`, ''],
  ]
}
