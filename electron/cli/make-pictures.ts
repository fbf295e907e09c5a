import type { EditRequestInput } from '../api/edits.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import type { ProgramFiles } from '../engine/program-folders.ts'
import type { EditOptions } from './edit-options.ts'
import { withEngine, type EngineSession } from './engine-session.ts'
import { createProgressBar } from './progress-bar.ts'
import { runJob } from './run-job.ts'
import { checkWritable, writeResults } from './write-results.ts'

/** The road of every command that makes pictures: a request, a job, files, a line for each. */
export async function makePictures(
  program: ProgramFiles,
  options: EditOptions,
  makeRequest: (session: EngineSession) => Promise<EditRequestInput>,
): Promise<void> {
  await checkWritable(options.out)
  await withEngine(program, async (session) => {
    const bar = createProgressBar()
    const job = await runJob(session, await makeRequest(session), bar.show).finally(bar.end)
    for (const result of await writeResults(session, job, options.out)) {
      const { file, seed, steps, seconds } = result
      process.stdout.write(`${options.json ? JSON.stringify(result) : STRINGS.written(file, seed, steps, seconds)}\n`)
    }
  })
}
