import { formatBytes, formatSeconds, formatShare, formatSize } from './numbers.ts'

/** The dialog in which models are added, switched and removed. */
export const MODELS_STRINGS = {
  title: 'Models',
  close: 'Close',
  installed: 'Installed',
  installs: 'On their way',
  none: 'No model is installed yet. Add one below.',
  inUse: 'In use',
  use: 'Use',
  useNamed: (name: string) => `Use ${name}`,
  detail: (version: string, licence: string, size: string) => `Version ${version} · ${licence} · ${size}`,
  diskUse: (bytes: number, sharedBytes: number) =>
    sharedBytes === 0
      ? formatBytes(bytes)
      : `${formatBytes(bytes - sharedBytes)} on disk, ${formatBytes(sharedBytes)} shared with the folder it came from`,
  moreActions: (name: string) => `More for ${name}`,
  showFolder: 'Open its folder',
  folder: (path: string) => `It lies in ${path}`,
  card: 'Licence and model card',
  noCard: 'It brings no model card.',
  remove: 'Remove …',
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeDetail: (bytes: number) =>
    `Its files are deleted and ${formatBytes(bytes)} become free. Your pictures stay; a folder that it was made from stays as it is.`,
  confirmRemove: 'Remove',
  keep: 'Keep it',
  verify: 'Check its files',
  verifying: 'Checking …',
  intact: 'All files are as published.',
  notIntact: (files: string) => `Changed or missing: ${files}. Install the model again.`,
  precision: 'Precision',
  automatic: (used: string) => `Automatic (${used})`,
  precisionOption: (name: string, memoryBytes: number, isWritten: boolean) =>
    `${name}, ${formatBytes(memoryBytes)} of memory${isWritten ? '' : ' (is made first)'}`,
  makingPrecision: (name: string) => `Making the weights for: ${name} …`,
} as const

/** Styles that are added to a model. */
export const STYLE_FILE_STRINGS = {
  title: 'Styles that were added',
  add: 'Add a style file …',
  remove: (name: string) => `Remove the style “${name}”`,
  adding: 'Adding the style …',
  removing: 'Removing the style …',
  file: 'Style file',
  fileHint: 'A LoRA made for this model, as safetensors. The model’s own weights stay as they are.',
  choose: 'Choose a file …',
  path: 'Path of the file',
  name: 'Name of the style',
  confirm: 'Add',
  cancel: 'Cancel',
} as const

/** Adding a model. */
export const ADD_MODEL_STRINGS = {
  title: 'Add a model',
  hint: 'aMUSEd, Meissonic and their relatives, as they are published. Python is not needed.',
  folder: 'From a folder on this computer',
  folderHint: 'A model you fetched yourself, with all its files. Nothing in the folder is changed.',
  chooseFolder: 'Choose a folder …',
  folderPath: 'Path of the folder',
  hub: 'From the Hugging Face Hub',
  hubHint: 'A name such as amused/amused-512, or the address of its page. First only the list of its files is fetched.',
  suggestions: 'Models that are known to work',
  look: 'Look at it',
  looking: 'Looking at the model …',
  badRepository: 'Write it as owner/name, or paste the address of its page.',
  network: 'Mirror and proxy',
  endpoint: 'Address of the Hub',
  endpointHint: 'Or of a mirror of it.',
  badAddress: 'Write a whole address, such as https://example.org.',
  proxy: 'Proxy',
  proxyHint: 'Empty: as the system says.',
  back: 'Back',
} as const

/** What is shown of a model before it is installed. */
export const INSPECTION_STRINGS = {
  name: 'Name',
  facts: {
    origin: 'From',
    family: 'Kind',
    size: 'Pictures',
    download: 'Download',
    disk: 'On your disk',
    memory: 'Memory',
    licence: 'Licence',
  },
  pictureSize: (width: number, height: number) => `${formatSize(width, height)} pixels`,
  download: (bytes: number) => (bytes === 0 ? 'Nothing: the files are here' : formatBytes(bytes)),
  disk: (ownBytes: number, weightBytes: number, isShared: boolean, freeBytes: number) =>
    isShared
      ? `${formatBytes(ownBytes)}, and ${formatBytes(weightBytes)} shared with the folder; ${formatBytes(freeBytes)} are free`
      : `${formatBytes(ownBytes + weightBytes)}; ${formatBytes(freeBytes)} are free`,
  memory: (options: readonly { name: string; memoryBytes: number }[]) =>
    options.map(({ name, memoryBytes }) => `${formatBytes(memoryBytes)} (${name.toLowerCase()})`).join(' or '),
  noLicence: 'Not stated',
  card: 'Model card',
  noCard: 'It brings no model card.',
  accept: 'I have read the licence and accept it',
  acceptUnknown: 'I may use this model although its licence is not stated',
  install: 'Install',
  installing: 'Starting …',
} as const

/** A model on its way. */
export const INSTALL_PROGRESS_STRINGS = {
  progress: (name: string) => `Installing ${name}`,
  paused: 'Paused',
  offline: 'No network. It goes on by itself when the network is back.',
  bytes: (done: number, all: number) => `${formatBytes(done)} of ${formatBytes(all)}`,
  speed: (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)} a second`,
  secondsLeft: (seconds: number) => `${formatSeconds(seconds)} left`,
  share: (share: number) => formatShare(share),
  pause: 'Pause',
  resume: 'Go on',
  retry: 'Try again',
  cancel: 'Cancel',
  discard: 'Discard',
  namedAction: (action: string, name: string) => `${action}: ${name}`,
  done: (name: string) => `“${name}” is installed`,
  use: 'Use it',
} as const
