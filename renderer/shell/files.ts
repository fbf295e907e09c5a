/** Lets the user choose files with the page's own dialog. Empty when cancelled. Must run in a click or key press. */
export function chooseFiles(options: { accept: string; isMultiple: boolean }): Promise<readonly File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = options.accept
  input.multiple = options.isMultiple
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** How long a download's address stays: long enough for a slow disk. */
const ADDRESS_MS = 60_000

/** Hands bytes to the browser as a file to be saved. */
export function downloadFile(name: string, bytes: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_MS)
}
