/** What goes wrong with the data folder, documents and files. */
export const DISK_ERRORS = {
  'disk-full': 'The disk is full. Free some space and try again; nothing was lost.',
  'disk-read-only': 'Remask may not write to its data folder. Check its permissions or choose another one.',
} as const

export const DAMAGED_BLOB = 'A part of this picture is damaged on disk and cannot be read.'
export const UNKNOWN_BLOB = 'A part of this picture is not in the data folder.'
export const DATA_FOLDER_IN_USE =
  'Another Remask is already using this data folder. Close it, or start this one with another data folder.'
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
