import { toCommonFields } from '../edit-options.ts'
import { DEFAULT_SUBJECT_BUDGET, maskFromWords } from '../mask-from-words.ts'
import { uploadMask } from '../upload.ts'
import { toPictureFields, type EditKindCommand } from './edit-kind.ts'

/** What stays is a mask, or what loses most of its likelihood when the words for it are taken away. */
export const replaceBackground: EditKindCommand = {
  kind: 'replace-background',
  findMissing: ({ subject, subjectWords }) => (subject === undefined && !subjectWords?.trim() ? '--subject' : undefined),
  async makeRequest(session, picture, options) {
    const { imageId, image } = picture
    const { subjectWords, budget = DEFAULT_SUBJECT_BUDGET, spread } = options
    const words = { from: subjectWords ?? '', to: '', budget, spread, packId: options.pack ?? null }
    const subject = options.subject === undefined
      ? await maskFromWords(session, picture, words)
      : await uploadMask(session, options.subject, image.bounds)
    return { kind: 'replace-background', image: imageId, subject, ...toPictureFields(options), ...toCommonFields(options, options.prompt) }
  },
}
