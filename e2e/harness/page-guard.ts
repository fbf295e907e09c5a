import type { Page } from '@playwright/test'

const LOCAL_HOSTS = /^(127\.0\.0\.1|localhost|[^/]+\.localhost)$/

/** Whether a page that asks for this address stays on this machine. */
export function isLocalAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  if (protocol === 'http:' || protocol === 'ws:') return LOCAL_HOSTS.test(hostname)
  return ['app:', 'blob:', 'data:', 'about:', 'file:'].includes(protocol)
}

/** What no page of ours may do; collected, and looked at when a test ends. */
export class PageGuard {
  readonly #problems: string[] = []
  readonly #allowed: RegExp[] = []
  readonly #left = new WeakSet<Page>()

  /** A spec that provokes an error says which one. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern)
  }

  watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#note(page, `console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.#note(page, `uncaught: ${error.stack ?? error.message}`))
    page.on('crash', () => this.#note(page, 'the page crashed'))
    page.on('request', (request) => {
      if (!isLocalAddress(request.url())) this.#note(page, `network: ${request.url()}`)
    })
  }

  /** From now on nothing the page says counts: its program is being killed, and what it says about that is not its fault. */
  leave(page: Page): void {
    this.#left.add(page)
  }

  get problems(): readonly string[] {
    return this.#problems.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)))
  }

  #note(page: Page, problem: string): void {
    if (!this.#left.has(page)) this.#problems.push(problem)
  }
}
