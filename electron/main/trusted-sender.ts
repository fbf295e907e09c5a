import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { isOwnUrl } from './own-page.ts'

type SenderFrame = { readonly url: string; readonly parent?: unknown } | null

/** A message counts only from the top frame of our own page: a frame that got in by mistake may not open dialogs. */
export function isTrustedSender(frame: SenderFrame): boolean {
  return frame !== null && (frame.parent ?? null) === null && isOwnUrl(frame.url)
}

/** As `ipcMain.handle`, for our own page only. */
export function handleTrusted<Result>(
  channel: string,
  handler: (event: IpcMainInvokeEvent, argument: unknown) => Promise<Result> | Result,
): void {
  ipcMain.handle(channel, (event, argument: unknown) => {
    if (!isTrustedSender(event.senderFrame)) throw new Error(`${channel} was asked for by a page that is not ours`)
    return handler(event, argument)
  })
}

/** As `ipcMain.on`, for our own page only; other messages are dropped. */
export function onTrusted(channel: string, listener: (event: IpcMainEvent, argument: unknown) => void): void {
  ipcMain.on(channel, (event, argument: unknown) => {
    if (isTrustedSender(event.senderFrame)) listener(event, argument)
  })
}
