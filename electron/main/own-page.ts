/** The page's origin in the desktop program. `app:` is served by app-protocol.ts and by nothing else. */
export const APP_SCHEME = 'app'
const APP_HOST = 'remask'
export const PAGE_URL = `${APP_SCHEME}://${APP_HOST}/`

/** Whether an address is our own page's. Node gives custom schemes the origin "null", so its parts are compared. */
export function isOwnUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST
}
