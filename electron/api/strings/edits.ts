/** Where the frame reaches beyond the picture. */
export type Side = 'left' | 'right' | 'top' | 'bottom'

/** Of the canvas, what an edit is called after. */
interface CanvasWords {
  isMasked: boolean
  /** Those the picture grows to. */
  sides: readonly Side[]
}

/**
 * What Enter may start, in words: the pill in the prompt box and its list (`label`, `detail`), the button that starts it, the
 * empty box (`placeholder`), and what is missing where words are needed and there are none (`wordsMissing`).
 */
export const EDIT_STRINGS = {
  'create': {
    label: () => 'Create a picture',
    detail: 'From your words alone.',
    button: 'Create',
    placeholder: 'Describe a picture …',
  },
  'create-again': {
    label: () => 'Create again',
    detail: 'A new picture in the place of this one. Paint over a part to change only that.',
    button: 'Again',
    placeholder: 'Describe a picture …',
  },
  'create-in-new-document': {
    label: () => 'Create in a new document',
    detail: 'This one stays as it is.',
    button: 'Create',
    placeholder: 'Describe a new picture …',
  },
  'repaint': {
    label: () => 'Replace the masked part',
    detail: 'Only what you painted over changes.',
    button: 'Replace',
    placeholder: 'What should be there instead?',
  },
  'remove': {
    label: () => 'Remove the masked part',
    detail: 'Filled from what is around it. No words needed.',
    button: 'Remove',
    placeholder: 'Nothing to write, or say what should be there instead',
  },
  'replace-background': {
    label: () => 'Replace the background',
    detail: 'What you painted over stays, or what your words for it find. All around it is drawn anew.',
    button: 'Replace',
    placeholder: 'What should be around it?',
  },
  'retouch': {
    label: ({ isMasked }: CanvasWords) => (isMasked ? 'Change the masked part by words' : 'Change where the words differ'),
    detail: 'A little at a time, until the picture fits your words.',
    button: 'Change',
    placeholder: 'Describe the picture as it should be …',
    wordsMissing: 'Say what it should show, paint over a part of it, or drag the frame.',
    instructed: {
      label: ({ isMasked }: CanvasWords) => (isMasked ? 'Change the masked part by instruction' : 'Change by instruction'),
      detail: 'Say what to change, such as “make the fox blue” or “add fireworks”.',
      placeholder: 'What should change?',
      wordsMissing: 'Say what to change, paint over a part of it, or drag the frame.',
    },
  },
  'restyle': {
    label: ({ isMasked }: CanvasWords) => (isMasked ? 'Change the style in the mask' : 'Change the style'),
    detail: 'The same scene, drawn in another style.',
    button: 'Restyle',
    placeholder: 'In which style?',
    wordsMissing: 'Say in which style.',
  },
  'vary': {
    label: ({ isMasked }: CanvasWords) => (isMasked ? 'Vary the masked part' : 'Vary the picture'),
    detail: 'The same again, a little different.',
    button: 'Vary',
    placeholder: 'Words are welcome, but not needed',
  },
  'upscale': {
    label: () => 'Enlarge to twice the size',
    detail: 'With details that fit. Words may say what the picture shows.',
    button: 'Enlarge',
    placeholder: 'What does the picture show?',
  },
  'extend': {
    label: ({ isMasked, sides }: CanvasWords) => (isMasked ? 'Extend and replace the masked part' : nameExtension(sides)),
    detail: 'The picture grows to the frame.',
    button: 'Extend',
    placeholder: 'What lies beyond the edge?',
  },
  'crop': {
    label: () => 'Crop to the frame',
    detail: 'Only what lies in the frame stays.',
    button: 'Crop',
    placeholder: 'Enter crops to the frame',
  },
} as const satisfies Record<string, EditWords>

export type EditId = keyof typeof EDIT_STRINGS

export interface EditWords {
  readonly label: (canvas: CanvasWords) => string
  readonly detail: string
  readonly button: string
  readonly placeholder: string
  readonly wordsMissing?: string
  /** What is said instead where the model follows instructions. */
  readonly instructed?: Pick<EditWords, 'label' | 'detail' | 'placeholder' | 'wordsMissing'>
}

const TOWARDS: Record<Side, string> = {
  left: 'to the left',
  right: 'to the right',
  top: 'upwards',
  bottom: 'downwards',
}

function nameExtension(sides: readonly Side[]): string {
  const [first, second] = sides
  if (first === undefined || sides.length > 2) return 'Extend to all sides'
  return second === undefined ? `Extend ${TOWARDS[first]}` : `Extend ${TOWARDS[first]} and ${TOWARDS[second]}`
}

export const EDIT_LIST_STRINGS = {
  /** Of the pill: read out with what it shows. */
  switch: (label: string) => `Enter starts: ${label}. Choose another edit`,
  title: 'What Enter starts',
  styles: 'Styles',
  proposed: 'Proposed',
  hint: 'Alt + ↓ switches without opening this list',
  chosen: (label: string) => `Enter starts: ${label}`,
} as const
