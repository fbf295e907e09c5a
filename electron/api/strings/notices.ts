import type { Remedy } from '../errors.ts'

/** Short messages and what can be done about a failure. */
export const NOTICE_STRINGS = {
  region: 'Notices',
  close: 'Dismiss',
  /** The button of a remedy; null where words are all there is. */
  remedies: {
    'fix-request': null,
    'use-other-window': null,
    'close-other-program': 'Try again',
    'choose-other-file': 'Choose another file',
    'choose-other-place': 'Choose another place',
    'use-smaller-image': 'Choose another file',
    'paint-mask': 'Take the brush',
    'choose-other-pack': 'Open models',
    'install-pack-again': 'Open models',
    'accept-licence': null,
    'fetch-by-hand': null,
    'free-disk-space': 'Try again',
    'choose-other-port': null,
    'retry': 'Try again',
    'report-bug': null,
  } satisfies Record<Remedy, string | null>,
  copied: 'The picture is in the clipboard',
  copyFailed: 'This browser does not let Remask write pictures to the clipboard. Save it as a file instead.',
  nothingToCopy: 'There is no picture to copy yet.',
  nothingToPaste: 'There is no picture in the clipboard.',
  pasteByKeys: (keys: string) => `The clipboard can only be read when you paste by keys: press ${keys}.`,
  notAPicture: 'Only pictures can be opened: PNG, JPEG, WebP, AVIF, TIFF or GIF.',
  openedInNew: (name: string) => `“${name}” was opened as a new document`,
  maskName: 'mask',
  pictureName: 'picture',
} as const
