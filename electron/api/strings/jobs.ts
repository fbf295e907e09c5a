import type { EditKind } from '../edits.ts'

/** What goes wrong with packs, edits and jobs. */
export const EDIT_NAMES: Record<EditKind, string> = {
  'generate': 'create pictures',
  'inpaint': 'repaint',
  'outpaint': 'extend pictures',
  'vary': 'vary pictures',
  'remove': 'remove things',
  'restyle': 'change the style of pictures',
  'retouch': 'change pictures by words alone',
  'replace-background': 'replace backgrounds',
  'upscale': 'enlarge pictures',
}

export const EDIT_ERRORS = {
  maskEmpty: 'Nothing is painted on the picture. Paint what is to change, then try again.',
  nothingToExtend: 'The frame does not reach beyond the picture and nothing is painted. Drag the frame out or paint.',
  subjectEmpty: 'Nothing is painted on the picture. Paint what is to stay, then try again.',
  subjectWhole: 'All of the picture is painted, so nothing would change. Paint only what is to stay.',
  detailTooLarge: (megapixels: number, limit: number) =>
    `Detail over ${megapixels} megapixels is more than Remask takes at a time. Paint a part of at most ${limit}, or switch Detail off.`,
  allPinned: 'Every cell that may change is pinned. Take some pins off, then try again.',
  startUnfit: 'The step to go on from does not fit this picture and model. Start anew.',
  noJoin: 'The painted cells meet nothing that could be settled. Paint a part of the candidate, not all of it.',
  strengthZero: 'A strength of 0 changes nothing. Choose more than 0.',
  styleMissing: 'Say in which style, then try again.',
  wordsMissing: 'Say what to change, then try again.',
  frameTooSmall: 'The frame must contain the whole picture.',
  notAPicture: 'That image is a mask, not a picture.',
  notAMask: 'That image is a picture, not a mask.',
  pictureTooLarge: (megapixels: number, limit: number) =>
    `A picture of ${megapixels} megapixels is more than Remask takes. Choose at most ${limit} megapixels.`,
  pictureTooLong: (side: number, limit: number) =>
    `A picture with a side of ${side} pixels is more than Remask draws. Choose at most ${limit} pixels a side.`,
}

export const PACK_ERRORS = {
  none: 'No model is installed. Add a pack to the packs folder.',
  notInstalled: (packId: string, installed: string) =>
    `The model “${packId}” is not installed. ${installed === '' ? 'Add its pack to the packs folder.' : `Choose another one: ${installed}.`}`,
  cannotEdit: (name: string, edit: string, others: string) =>
    others === ''
      ? `“${name}” cannot ${edit}, and no installed model can.`
      : `“${name}” cannot ${edit}. Choose ${others}.`,
  noStyle: (name: string) => `“${name}” has no such style.`,
  /** @param problem  a sentence that says what to do. */
  unusable: (packId: string, problem: string) => `The model “${packId}” cannot be used. ${problem}`,
}

export const FILE_PROBLEMS = {
  'missing': 'is missing',
  'description-invalid': 'is not a description this version understands',
  'family-unknown': 'is of a kind this version does not know',
  'tokenizer-unknown': 'reads words in a way this version does not know',
  'file-missing': 'is missing',
  'file-not-plain': 'is a link, not a file',
  'file-size-differs': 'has the wrong size',
  'file-hash-differs': 'has other contents than it should',
  'graph-unreadable': 'cannot be loaded',
  'tokenizer-unreadable': 'cannot be read',
  'adapter-missing': 'is no longer there',
} as const

export const JOB_ERRORS = {
  unknownJob: 'There is no such job.',
  noTrail: 'The steps of this candidate were not kept.',
  unknownCandidate: 'There is no such candidate.',
  interrupted: 'Remask was closed before this was finished. Start it again to go on.',
  inferenceStopped: 'The model’s process stopped. It has been started again; try once more.',
  providerCrashed: (why: string) => `${why} Try once more.`,
  alreadyDone: 'This is finished already.',
  strayPixels: (count: number) => `${count} pixels outside the mask changed. This is a bug; please report it.`,
}

export const MODEL_STATES = {
  loading: (name: string) => `Loading ${name}`,
  restarting: (name: string) => `The model’s process stopped. Loading ${name} again`,
  failed: (name: string) => `${name} could not be loaded: its process stopped each time`,
}
