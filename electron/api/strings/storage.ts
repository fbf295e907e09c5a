/** What goes wrong with the data folder, documents and files. */
export const DISK_ERRORS = {
  'disk-full': 'The disk is full. Free some space and try again; nothing was lost.',
  'disk-read-only': 'Remask may not write to its data folder. Check its permissions or choose another one.',
} as const
