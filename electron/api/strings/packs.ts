import type { PackProblem } from '../../../models/importing/pack-error.ts'
import type { PrecisionReason } from '../../../models/importing/precisions.ts'
import type { Precision } from '../../../models/runtime/session.ts'

const named = (file: string | null) => (file === null ? 'A file' : `“${file}”`)

/** A model (a pack) that cannot be used, one sentence per problem, with what to do. */
export const PACK_PROBLEM_STRINGS: Readonly<Record<PackProblem, (file: string | null) => string>> = {
  'missing': () => '“pack.json” is missing from this model’s folder; install the model again or choose another one.',
  'description-invalid': (file) => `${named(file)} of this model cannot be read, or is for another version of Remask; install the model again.`,
  'family-unknown': () => 'This model is of a kind that this version of Remask does not know; update Remask or choose another one.',
  'tokenizer-unknown': () => 'This model reads prompts in a way that this version of Remask does not know; update Remask or choose another one.',
  'file-missing': (file) => `${named(file)} is missing from this model; install it again.`,
  'file-not-plain': (file) => `${named(file)} of this model is a link or no plain file, which is refused for safety; install the model again.`,
  'file-size-differs': (file) => `${named(file)} of this model is damaged: it has the wrong size; install the model again.`,
  'file-hash-differs': (file) => `${named(file)} of this model is damaged: its bytes have changed; install the model again.`,
  'graph-unreadable': (file) => `${named(file)} of this model cannot be loaded; install the model again.`,
  'tokenizer-unreadable': (file) => `${named(file)} of this model cannot be read; install the model again.`,
  'adapter-missing': () => 'The style that was asked for is no longer in this model; add its file again or choose another style.',
}

/** The number formats a model can run in. */
export const PRECISION_STRINGS = {
  names: { f32: 'Full precision', f16: 'Half precision', int8: '8 bits', int4: '4 bits' } satisfies Record<Precision, string>,
  reasons: {
    'only-one': 'This model comes in full precision only.',
    'asked': 'You chose it.',
    'quick': 'It is several times as quick on a processor, and the pictures are nearly the same.',
    'exact': 'It is the most exact, and nothing that is quicker is here.',
    'small': 'Nothing more exact fits in the memory that models may take on this machine.',
    'least': 'It needs the least memory, though more than models may take on this machine: parts of it are loaded again and again.',
    'graphics-card': 'It suits graphics cards, which have no arithmetic for 8 bits.',
    'processor-only': '8 bits run on processors only; this machine’s graphics card runs this one instead.',
  } satisfies Record<PrecisionReason, string>,
  better: (reason: string, precision: string) => `${reason} “${precision}” would suit this machine better: choose it, and it is made.`,
  unknown: (name: string, precision: string) => `“${name}” does not come in the precision “${precision}”.`,
}

/** Adding to models. */
export const PACK_CHANGE_STRINGS = {
  underWay: 'This model is being changed already. Wait until that is done.',
  bundled: (name: string) => `“${name}” came with Remask and cannot be changed. Add a model of your own.`,
  noAdapter: (name: string, adapter: string, others: readonly string[]) =>
    `“${name}” has no style “${adapter}”. ${others.length === 0 ? 'Add one in the models dialog.' : `Choose one of: ${others.join(', ')}.`}`,
}

/** Removing models. */
export const PACK_REMOVAL_STRINGS = {
  bundled: (name: string) => `“${name}” came with Remask and cannot be removed.`,
  inUse: (name: string) => `“${name}” is being used. Wait until its runs are done, or cancel them, and try again.`,
}
