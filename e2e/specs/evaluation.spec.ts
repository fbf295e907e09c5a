import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { runCommand } from '../harness/command-line.ts'

const EVALUATION = path.join(import.meta.dirname, '../../models/evaluation')
const PER_GROUP = 2

interface Prompt {
  readonly group: string
}

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'remask-evaluation-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)
const measure = (...args: readonly string[]) => runCommand(inFolder('data'), ['eval', '--pack', 'starter', ...args])

/** The judge with the first prompts of each group, and as many edits: all pictures of a judge's folder go through the VQ tokenizer. @returns the groups. */
function writeSmallJudge(): readonly string[] {
  cpSync(EVALUATION, inFolder('judge'), { recursive: true })
  const cut = <T>(name: string, keep: (all: readonly T[]) => readonly T[]) => {
    const kept = keep(JSON.parse(readFileSync(path.join(EVALUATION, name), 'utf8')) as T[])
    writeFileSync(inFolder(`judge/${name}`), JSON.stringify(kept))
    return kept
  }
  cut('edits.json', (all) => all.slice(0, PER_GROUP))
  const isOfFirst = ({ group }: Prompt, at: number, all: readonly Prompt[]) => all.slice(0, at).filter((other) => other.group === group).length < PER_GROUP
  const prompts = cut<Prompt>('prompts.json', (all) => all.filter(isOfFirst))
  return [...new Set(prompts.map(({ group }) => group))]
}

test('a pack is drawn with, judged and reported as a whole', async () => {
  const groups = writeSmallJudge()
  const ran = await measure('--judge', inFolder('judge'), '--best', '2', '--sheet', inFolder('sheet.png'), '--json')
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const report = JSON.parse(ran.stdout) as {
    groups: { group: string; promptCount: number; allRight: number; allRightOfFirst: number; attributes: Record<string, number> }[]
    edits: { caseCount: number; changeSeen: number; restKept: number }
    reconstruction: { psnr: number; pictureCount: number }
    frechet: { distance: number; pictureCount: number }
    judge: Record<string, number>
  }
  expect(report.groups.map(({ group, promptCount }) => [group, promptCount])).toEqual(groups.map((group) => [group, PER_GROUP]))
  const shares = report.groups.flatMap(({ allRight, allRightOfFirst, attributes }) => [allRight, allRightOfFirst, ...Object.values(attributes)])
  const isShare = (value: number) => value >= 0 && value <= 1
  expect([...shares, report.edits.changeSeen, report.edits.restKept].filter((share) => !isShare(share))).toEqual([])
  // Places are what the pack knows best, and the judge sees it.
  expect(report.groups.find(({ group }) => group === 'place and time')?.allRight).toBe(1)
  expect(report.edits.caseCount).toBe(PER_GROUP)
  expect(report.reconstruction.psnr).toBeGreaterThan(25)
  expect(report.frechet).toMatchObject({ pictureCount: PER_GROUP * groups.length })
  expect(report.judge).toEqual(JSON.parse(readFileSync(path.join(EVALUATION, 'judge-report.json'), 'utf8')))
  const { width, height } = await sharp(inFolder('sheet.png')).metadata()
  expect([width, height].every((side) => side > 256)).toBe(true)
})

test('a group or a judge that is not there is an error that says what there is', async () => {
  const group = await measure('--group', 'foxes')
  expect(group).toMatchObject({ code: 1, stdout: '' })
  expect(group.stderr).toContain('place and time')
  const judge = await measure('--judge', inFolder('nowhere'))
  expect(judge).toMatchObject({ code: 1, stdout: '' })
  expect(judge.stderr).toContain('models/evaluation')
})
