import type { CheckpointProblem } from '../../../models/checkpoint/checkpoint-error.ts'
import type { InstallPhase } from '../installs.ts'

/** Adding models. */
export const INSTALL_STRINGS = {
  phases: {
    'waiting': 'Waiting',
    'looking-up': 'Looking up the files',
    'downloading': 'Downloading',
    'verifying': 'Checking what was downloaded',
    'reading': 'Reading the model',
    'sharing': 'Bringing in the weights',
    'quantizing': 'Writing the weights with fewer bits',
    'hashing': 'Noting checksums',
    'checking': 'Trying the model',
    'ended': 'Done',
  } satisfies Record<InstallPhase, string>,
} as const

/** Published weights that cannot be imported, with what to do. What was found stands behind it in brackets. */
export const CHECKPOINT_PROBLEM_STRINGS: Readonly<Record<CheckpointProblem, (subject: string) => string>> = {
  'folder-empty': () => 'There is no model here that Remask can read; choose the folder that has “transformer”, “vqvae” and “text_encoder” in it.',
  'file-missing': (subject) => `“${subject}” is missing; get the whole model, with all its folders.`,
  'file-unreadable': (subject) => `“${subject}” cannot be read; check its permissions or get it again.`,
  'file-truncated': (subject) => `“${subject}” is cut off; get it again.`,
  'header-invalid': (subject) => `“${subject}” is damaged: it does not hold what it says; get it again.`,
  'pickle-refused': (subject) => `“${subject}” could run programs when it is read, so Remask never opens such files; get the model as safetensors.`,
  'name-unsafe': (subject) => `“${subject}” points outside of its folder, which is refused for safety; get the model from where it was published.`,
  'config-invalid': (subject) => `“${subject}” is not a configuration that Remask understands; get it again, or choose another model.`,
  'config-unsupported': (subject) => `“${subject}” asks for something Remask does not have, or does not fit the weights; choose another model.`,
  'tensor-missing': (subject) => `The weights are incomplete: “${subject}” is missing; get the model again.`,
  'tensor-shape-differs': (subject) => `The weights do not fit the configuration at “${subject}”; get both from the same place.`,
  'tensor-type-unsupported': (subject) => `The weights of “${subject}” are in a number format that Remask does not read; get them in 32 or 16 bits.`,
  'tensor-unexpected': (subject) => `This is another kind of model than its configuration says: Remask does not know “${subject}”; choose another model.`,
  'family-unknown': (subject) => `“${subject}” is of a kind that Remask does not know; choose an aMUSEd or a Meissonic model.`,
  'tokenizer-invalid': (subject) => `“${subject}” of the text tokenizer cannot be used; get the model again.`,
  'adapter-keys-unknown': (subject) => `This is no style file that Remask reads: it does not know “${subject}”; get a LoRA for this model, saved by peft or diffusers as safetensors.`,
  'adapter-shape-differs': (subject) => `The style file does not fit this model at “${subject}”; choose the model it was made for.`,
  'adapter-wrong-model': (subject) => `The style file is for another kind of model: this one has no layer “${subject}”; choose the model it was made for.`,
  'adapter-unsupported': (subject) => `“${subject}” is a style of a kind that Remask does not have; get it as a plain LoRA.`,
  'adapter-name-taken': (subject) => `This model has a style “${subject}” already.`,
  'pack-not-extensible': (subject) => `“${subject}” cannot be added to, for it keeps nothing to build from; add it again from its folder or the Hub if it is an older import.`,
}

/** What keeps a model from this machine, and what goes wrong while it is added. */
export const INSTALL_ERRORS = {
  unknown: 'This model is no longer being added.',
  licence: 'Read the model’s card and licence, and accept them first.',
  notAFolder: (folder: string) => `“${folder}” is no folder that can be read. Choose the folder the model is in.`,
  elsewhere: 'Another Remask is adding this model. Wait until it is done.',
  notPausable: 'Only a download can be paused.',
  processStopped: 'The process that adds the model stopped, perhaps for lack of memory. Close other programs and try again.',
  diskTooFull: (needed: string, free: string) => `This model needs ${needed} on the disk, and ${free} are free. Free some space and try again.`,
  memoryTooSmall: (needed: string, there: string) => `This model needs about ${needed} of memory, and this machine has ${there}. Choose a smaller model.`,
  memoryTight: (needed: string, budget: string) =>
    `This model needs about ${needed} of memory, more than the ${budget} Remask may take. It will run slowly; raise the budget in the settings or choose a smaller model.`,
  graphicsCard: 'This model is made for graphics cards. On a processor a picture takes tens of minutes.',
} as const

/** What goes wrong with downloads. */
export const HUB_ERRORS = {
  notFound: (repository: string) => `“${repository}” is not on the Hub, or not open to everybody. Check the name.`,
  noRevision: (repository: string, revision: string) => `“${repository}” has no revision “${revision}”. Check it, or leave it out.`,
  closed: (repository: string) =>
    `“${repository}” is given only to those who log in and accept its terms. Download it there by hand, then add its folder.`,
  unreachable: (host: string) => `${host} cannot be reached. Check the network, and the mirror and proxy in the settings.`,
  refused: (host: string, status: number) => `${host} answered with error ${status}. Try again later, or use another mirror.`,
  notTheHub: (host: string) => `${host} does not answer as the Hub does. Check the mirror in the settings.`,
  unsafeName: (path: string) => `The repository has a file named “${path}”, which is refused for safety.`,
  damaged: (path: string) => `“${path}” arrived damaged twice. Try again later, or use another mirror.`,
} as const
