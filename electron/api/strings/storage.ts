/** What goes wrong with the data folder, documents and files. */
export const DISK_ERRORS = {
  'disk-full': 'The disk is full. Free some space and try again; nothing was lost.',
  'disk-read-only':
    'Remask may not write to its data folder. Check its permissions and whether its disk can only be read, ' +
    'or start Remask with another folder in REMASK_DATA_FOLDER.',
  'disk-lost': 'The disk with Remask’s data folder does not answer, or reports a fault. Check how it is connected.',
} as const

export const DAMAGED_BLOB = 'A part of this picture is damaged on disk and cannot be read.'
export const UNKNOWN_BLOB = 'A part of this picture is not in the data folder.'
export const DATA_FOLDER_IN_USE =
  'Another Remask is already using this data folder. Close it, or name another folder in REMASK_DATA_FOLDER.'
export const UNKNOWN_IMAGE = 'This picture is not in the data folder.'
export const UNKNOWN_DOCUMENT = 'This document is no longer there. It may have been deleted in another window.'
export const DOCUMENT_OPEN_ELSEWHERE = 'This document is open in another window. Close it there first.'
export const UNTITLED_DOCUMENT = 'Untitled'
export function nameCopy(name: string): string {
  return `${name} (copy)`
}
export function describeDamage(lineCount: number): string {
  return (
    `${lineCount} ${lineCount === 1 ? 'step' : 'steps'} of this document's history could not be read and were left out. ` +
    'The history as it was is kept in the data folder.'
  )
}

/** Pictures that cannot be opened or written. */
export const PICTURE_ERRORS = {
  unreadable: 'This file is not a picture Remask can read, or it is damaged. Try a PNG, JPEG or WebP file.',
  truncated: 'This picture is damaged or cut off: its file ends too early. Try to get it again from where it came.',
  empty: 'This file holds no picture: it is empty.',
  missing: 'This file is no longer there.',
  forbidden: 'This file may not be read. Check its permissions.',
} as const
export function describeTooLarge(width: number, height: number, maxMegapixels: number): string {
  const megapixels = Math.round((width * height) / 1e6)
  return (
    `This picture has ${width} × ${height} pixels (${megapixels} megapixels); Remask opens up to ${maxMegapixels} ` +
    'megapixels. Make it smaller first.'
  )
}
export function describeMaskSize(found: { width: number; height: number }, expected: { width: number; height: number }) {
  return (
    `The mask has ${found.width} × ${found.height} pixels, but the picture has ${expected.width} × ${expected.height}. ` +
    'Choose a mask of exactly that size.'
  )
}
export function describeMaxSide(format: string, maxSide: number): string {
  return `A ${format} picture can have at most ${maxSide} pixels on a side. Choose another format.`
}
export const UNWRITABLE_PLACE = 'The file could not be written there. Choose another folder or name.'
export const NOT_A_MASK = 'This picture is no mask.'
export const UNTITLED_PICTURE = 'Untitled'
