/** The prompt is where most things begin, and where one is sent when words are missing. */
export function focusPrompt(): void {
  document.querySelector<HTMLTextAreaElement>('[data-prompt]')?.focus()
}
