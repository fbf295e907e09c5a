import { toCommonFields } from '../edit-options.ts'
import { uploadMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

export const replaceBackground: EditKindCommand = {
  kind: 'replace-background',
  findMissing: ({ subject }) => (subject === undefined ? '--subject' : undefined),
  async makeRequest(session, { imageId, image }, options) {
    const subject = await uploadMask(session, options.subject ?? '', image.bounds)
    return { kind: 'replace-background', image: imageId, subject, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
