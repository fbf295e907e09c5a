import { EVALUATION_STRINGS as STRINGS } from '../../api/strings/evaluation.ts'
import type { EvaluationReport } from './evaluate.ts'

/** The report for people. Shares are printed as in the card, 0 to 1. */
export function formatEvaluation({ packId, packVersion, hasRanker, judge, groups, edits, reconstruction, sweeps, frechet, ...times }: EvaluationReport): string {
  return [
    `${packId} ${packVersion}`,
    ...(hasRanker ? [] : [STRINGS.noRanker]),
    `${STRINGS.judged}  ${listShares(judge)}`,
    '',
    row('', STRINGS.head),
    ...groups.map(({ group, promptCount, allRight, allRightOfFirst, attributes }) =>
      row(`${group} (${promptCount})`, [share(allRight), share(allRightOfFirst), listShares(attributes)])),
    '',
    ...(edits === null
      ? [STRINGS.noReference]
      : edits.caseCount === 0 ? [] : [row('', STRINGS.editsHead), row(STRINGS.edits, [share(edits.changeSeen), share(edits.restKept), String(edits.caseCount)])]),
    ...(reconstruction === null ? [] : [STRINGS.reconstruction(reconstruction.psnr, reconstruction.pictureCount)]),
    ...sweeps.map(({ setting, value, allRight, secondsPerPicture }) => row(`${STRINGS.sweeps[setting]} ${value}`, [share(allRight), STRINGS.secondsEach(secondsPerPicture)])),
    '',
    frechet === null ? STRINGS.noFrechet : STRINGS.frechet(frechet.distance, frechet.pictureCount),
    STRINGS.seconds(times.secondsPerPrompt, times.secondsPerPicture),
    '',
  ].join('\n')
}

const share = (value: number) => value.toFixed(2)
const listShares = (shares: Readonly<Record<string, number>>) =>
  Object.entries(shares).map(([name, value]) => `${name} ${share(value)}`).join(', ')

function row(name: string, cells: readonly string[]): string {
  return (name.padEnd(26) + cells.map((cell) => cell.padEnd(16)).join('')).trimEnd()
}
