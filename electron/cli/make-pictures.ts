import { editRequestSchema, type EditRequestInput } from '../api/edits.ts'
import { scaleRect } from '../api/geometry.ts'
import type { TileImage } from '../api/images.ts'
import type { Job } from '../api/jobs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { inputsOf } from '../engine/edits/edits.ts'
import { FORMATS } from '../engine/formats/formats.ts'
import { assertFormatHolds } from '../engine/pictures/export-picture.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import type { EditOptions } from './edit-options.ts'
import { read, withEngine, type EngineSession } from './engine-session.ts'
import { withStyle } from './find-style.ts'
import { createProgressBar } from './progress-bar.ts'
import { runJob } from './run-job.ts'
import { makePatchRequest } from './settle-patch.ts'
import { readTokenFields } from './token-files.ts'
import { uploadMask } from './upload.ts'
import { checkWritable, nameOutputs, writeResults } from './write-results.ts'

/** The road of every command that makes pictures: a request, a job, files, a line for each. */
export async function makePictures(
  program: ProgramFiles,
  options: EditOptions,
  makeRequest: (session: EngineSession) => Promise<EditRequestInput>,
): Promise<void> {
  const { out, count, patch, patchCells, tokens } = options
  await checkWritable(nameOutputs(out.file, patch === undefined ? count : 1, tokens))
  await withEngine(program, async (session) => {
    const asked = { ...(await makeRequest(session)), ...(await readTokenFields(session, options)) }
    const request = await withStyle(session, asked, options)
    await checkFormat(session, request, options)
    const drawn = await runWithBar(session, request)
    if (options.pins !== undefined && drawn.request.pins === undefined) process.stderr.write(`${STRINGS.noPinFits}\n`)
    const job = patch === undefined || patchCells === undefined
      ? drawn
      : await runWithBar(session, await makePatchRequest(session, drawn, patch - 1, await uploadMask(session, patchCells, drawn.candidates[0]!.bounds)))
    for (const result of await writeResults(session, job, out, tokens)) {
      const { file, seed, steps, seconds } = result
      process.stdout.write(`${options.json ? JSON.stringify(result) : STRINGS.written(file, seed, steps, seconds)}\n`)
    }
  })
}

function runWithBar(session: EngineSession, request: EditRequestInput): Promise<Job> {
  const bar = createProgressBar()
  return runJob(session, request, bar.show).finally(bar.end)
}

/** Before anything is computed. Throws EngineError `image-too-large` for a picture that the file's format cannot hold. */
async function checkFormat({ client }: EngineSession, asked: EditRequestInput, { out }: EditOptions): Promise<void> {
  const { frame, image, enlargement = 1 } = inputsOf(editRequestSchema.parse(asked))
  const bounds = frame ?? (image && (await read<TileImage>(client.images[':id'].$get({ param: { id: image } }))).bounds)
  if (bounds) assertFormatHolds(FORMATS[out.format], scaleRect(bounds, enlargement))
}
