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
    'quantizing': 'Writing the weights in 8 bits',
    'hashing': 'Noting checksums',
    'checking': 'Trying the model',
    'ended': 'Done',
  } satisfies Record<InstallPhase, string>,
} as const
