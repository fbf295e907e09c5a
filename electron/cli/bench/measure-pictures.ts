import type { PixelSize } from '../../api/geometry.ts'
import { TILE_SIZE, tileKey, type ImageId, type ImportedImage } from '../../api/images.ts'
import { read, type EngineSession } from '../engine-session.ts'
import { runJob } from '../run-job.ts'
import { watchEventLoop, type EventLoopDelay } from './event-loop.ts'
import { LARGE_PICTURE, putLargePicture } from './large-picture.ts'
import { putRectangleMask } from './mask-image.ts'

/** What a screen shows of a large picture when it is fitted into the window: a quarter of its size. */
const FITTED_LEVEL = 2

/** What somebody paints over to be rid of it: a person in the background. */
const REPAINTED = { x: 2800, y: 1800, width: 300, height: 400 }

/** Seconds, and how long the engine left other requests waiting meanwhile. */
export type PictureTiming = { readonly seconds: number } & EventLoopDelay

export interface PicturesReport extends PixelSize {
  readonly jpegBytes: number
  /** From the file's bytes until all its tiles are on disk. */
  readonly open: PictureTiming
  /** From then until everything that is seen of it in a window has been answered. */
  readonly show: PictureTiming
  /** One candidate in a square in its middle, the model already loaded. */
  readonly repaint: PictureTiming
  readonly exportPng: PictureTiming
}

/** Opening, showing and saving a photo of 24 megapixels, through the engine's routes. */
export async function measurePictures(session: EngineSession): Promise<PicturesReport> {
  const drawn = await putLargePicture(session)
  const jpeg = await (await exportAs(session, drawn, 'jpeg')).arrayBuffer()
  const open = await time(async () =>
    read<ImportedImage>(session.fetch('/api/images?name=photo.jpg', { method: 'POST', body: jpeg })),
  )
  const { imageId } = open.result
  const show = await time(() => fetchShownTiles(session, imageId))
  const mask = await putRectangleMask(session, LARGE_PICTURE, REPAINTED)
  const request = { kind: 'inpaint' as const, image: imageId, mask, prompt: 'a lake', seed: 1, count: 1 }
  const repaint = await time(() => runJob(session, request))
  const exportPng = await time(async () => drain(await exportAs(session, imageId, 'png')))
  return {
    ...LARGE_PICTURE,
    jpegBytes: jpeg.byteLength,
    open: open.timing,
    show: show.timing,
    repaint: repaint.timing,
    exportPng: exportPng.timing,
  }
}

async function time<Result>(work: () => Promise<Result>): Promise<{ result: Result; timing: PictureTiming }> {
  const start = performance.now()
  let seconds = 0
  const { result, delay } = await watchEventLoop(() => work().finally(() => (seconds = (performance.now() - start) / 1000)))
  return { result, timing: { seconds, ...delay } }
}

async function exportAs({ fetch }: EngineSession, imageId: ImageId, format: 'jpeg' | 'png'): Promise<Response> {
  const answer = await fetch('/api/exports', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imageId, format, keepRecipe: false }),
  })
  if (!answer.ok) throw new Error(`The export failed: ${await answer.text()}`)
  return answer
}

/** Takes an answer piece by piece: putting it together here would hold up the engine, which runs in this process. */
async function drain({ body }: Response): Promise<void> {
  await body?.pipeTo(new WritableStream())
}

/** All at once, as the canvas asks for them. */
async function fetchShownTiles({ fetch }: EngineSession, imageId: ImageId): Promise<void> {
  const side = TILE_SIZE * 2 ** FITTED_LEVEL
  const answers: Promise<unknown>[] = []
  for (let row = 0; row * side < LARGE_PICTURE.height; row++) {
    for (let column = 0; column * side < LARGE_PICTURE.width; column++) {
      const tile = fetch(`/api/images/${imageId}/tiles/${FITTED_LEVEL}/${tileKey(column, row)}`)
      answers.push(tile.then((answer) => answer.arrayBuffer()))
    }
  }
  await Promise.all(answers)
}
