import { connectToHost } from './host-port.ts'
import { handleImport, isImportRequest } from './import-service.ts'
import { InferenceService } from './inference-service.ts'

/** Composition root of the inference process: messages in, step events out, gone when its host is. */
const port = connectToHost()
const service = new InferenceService(port.post)

port.onRequest((request) => (isImportRequest(request) ? void handleImport(request, port.post) : service.handle(request)))
port.onClose(() => {
  service.dispose().finally(() => process.exit())
})
// Ctrl+C in a terminal reaches every process in it; the host decides what becomes of a step under way.
process.on('SIGINT', () => {})
