import { modelSourceSchema, type ModelSource } from './installs.ts'

export type HubSource = Extract<ModelSource, { kind: 'hub' }>

/** The page of a repository, of a folder in it or of a revision, on the Hub or on a mirror. */
const PAGE = /^https?:\/\/[^/]+\/([^/?#]+\/[^/?#]+)(?:\/(?:tree|blob|resolve)\/([^/?#]+))?[^?#]*(?:[?#].*)?$/

/**
 * Reads what a user typed for a repository: `owner/name`, `owner/name@revision`, or the address of its page.
 *
 * @returns undefined where it is neither.
 */
export function parseHubRepository(typed: string): HubSource | undefined {
  const text = typed.trim()
  const page = PAGE.exec(text)
  const [repository, revision] = page === null ? text.split('@', 2) : [page[1], page[2]]
  const parsed = modelSourceSchema.safeParse({ kind: 'hub', repository, ...(revision === undefined ? {} : { revision }) })
  return parsed.success ? (parsed.data as HubSource) : undefined
}
