import { join } from 'node:path'

/** Where things lie in a data folder. */
export function dataPaths(dataFolder: string) {
  const documents = join(dataFolder, 'documents')
  return {
    lock: join(dataFolder, 'engine.lock'),
    settings: join(dataFolder, 'settings.json'),
    blobs: join(dataFolder, 'blobs'),
    images: join(dataFolder, 'images'),
    /** Display tiles and thumbnails: can be deleted at any time. */
    cache: join(dataFolder, 'cache'),
    /** What packs take on this machine. */
    timings: join(dataFolder, 'timings.json'),
    /** What has ended an inference process on this machine. */
    crashedProviders: join(dataFolder, 'crashed-providers.json'),
    /** Where packs are put that the user adds. */
    packs: join(dataFolder, 'packs'),
    documents,
    /** Jobs of a document. */
    jobs: (documentId: string) => join(documents, documentId, 'jobs'),
  }
}
export type DataPaths = ReturnType<typeof dataPaths>
