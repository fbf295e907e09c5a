import type { EngineEvent } from '../api/jobs.ts'

/** The events of an event stream's body, as they come. The engine writes each as one `data:` line. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EngineEvent> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) yield JSON.parse(line.slice('data:'.length)) as EngineEvent
  }
}
