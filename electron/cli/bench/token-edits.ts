import { DEFAULT_WEAK_SHARE } from '../../api/analyses.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { canBeDetailed, type ImageId } from '../../api/images.ts'
import { analyse } from '../analyse.ts'
import type { EngineSession } from '../engine-session.ts'
import { maskWeakest } from '../mask-weakest.ts'
import { runJob } from '../run-job.ts'
import { makePatchRequest } from '../settle-patch.ts'
import type { CommonFields } from './edit-requests.ts'
import { putRectangleMask } from './mask-image.ts'
import { runCandidate } from './run-candidate.ts'

/** What works on single tokens. */
export type TokenEditKind = 'likelihood-map' | 'fix-weak' | 'patch'

export interface TokenEdit {
  readonly kind: TokenEditKind
  /** Does it once. Returns the seconds it took: what is measured or put together first, and then one candidate. */
  run(): Promise<number>
}

/**
 * The likelihood map of a picture, its weak cells measured and repainted, and two candidates painted together: the right half
 * of the second over the first, whose join is settled. The two are drawn here, once.
 *
 * @param kinds  the edits the pack can do.
 */
export async function prepareTokenEdits(
  session: EngineSession,
  { image, bounds }: { readonly image: ImageId; readonly bounds: PixelRect },
  kinds: readonly string[],
  common: CommonFields & { readonly prompt: string },
): Promise<TokenEdit[]> {
  const { packId = null } = common
  let askedCount = 0
  // What was measured under the same words is known.
  const askAnew = () => `${common.prompt} ${++askedCount}`
  const drawn = await runJob(session, { kind: 'generate', ...common, count: 2 })
  const left = Math.floor(bounds.width / 2)
  const rightHalf = await putRectangleMask(session, bounds, { x: left, y: 0, width: bounds.width - left, height: bounds.height })
  const edits: TokenEdit[] = [
    {
      kind: 'likelihood-map',
      run: async () => (await time(analyse(session, { source: { kind: 'picture', image }, prompts: [askAnew()], packId }))).seconds,
    },
    {
      kind: 'fix-weak',
      async run() {
        const weakest = { prompt: askAnew(), share: DEFAULT_WEAK_SHARE, packId }
        const { result: mask, seconds } = await time(maskWeakest(session, { image, bounds }, weakest))
        const request = { kind: 'inpaint', image, mask, isDetailed: canBeDetailed(bounds), ...common } as const
        return seconds + (await runCandidate(session, request)).seconds
      },
    },
    {
      kind: 'patch',
      async run() {
        const { result: request, seconds } = await time(makePatchRequest(session, drawn, 1, rightHalf))
        return seconds + (await runCandidate(session, request)).seconds
      },
    },
  ]
  return edits.filter(({ kind }) => kind !== 'fix-weak' || kinds.includes('inpaint'))
}

async function time<Result>(work: Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const started = performance.now()
  const result = await work
  return { result, seconds: (performance.now() - started) / 1000 }
}
