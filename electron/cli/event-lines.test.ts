import { expect, it } from 'vitest'
import { readEvents } from './event-lines.ts'

it('reads events however the stream is cut', async () => {
  const text = 'data: {"type":"heartbeat"}\n\n: a comment\nevent: job\ndata: {"type":"preview","jobId":"é","index":0,"step":1}\n\n'
  const bytes = new TextEncoder().encode(text)
  for (const size of [1, 7, 1000]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
        controller.close()
      },
    })
    const events = []
    for await (const event of readEvents(body)) events.push(event)
    expect(events).toEqual([{ type: 'heartbeat' }, { type: 'preview', jobId: 'é', index: 0, step: 1 }])
  }
})
