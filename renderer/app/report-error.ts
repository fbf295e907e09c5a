import { EngineError, type Remedy } from '../../electron/api/errors.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { currentSession, type Program } from './program.ts'

/** What the caller can do about a failure of what it tried. */
export interface RemedyActions {
  readonly retry?: () => void
  readonly chooseOther?: () => void
}

/** Shows a failure with its remedy as a button, where there is something to press. */
export function reportError(program: Program, thrown: unknown, actions: RemedyActions = {}): void {
  const error = EngineError.from(thrown)
  if (error.code === 'internal') console.error(error.cause ?? error)
  const label = NOTICE_STRINGS.remedies[error.remedy]
  const onAct = remedyActions(program, actions)[error.remedy]
  program.store.notify({
    kind: 'error',
    title: error.message,
    action: label !== null && onAct ? { label, onAct } : undefined,
  })
}

function remedyActions(program: Program, { retry, chooseOther }: RemedyActions): Partial<Record<Remedy, (() => void) | undefined>> {
  const openModels = () => program.store.openDialog('models')
  return {
    'retry': retry,
    'free-disk-space': retry,
    'close-other-program': retry,
    'choose-other-place': retry,
    'choose-other-file': chooseOther,
    'use-smaller-image': chooseOther,
    'choose-other-pack': openModels,
    'install-pack-again': openModels,
    'paint-mask': () => currentSession(program)?.viewport.selectTool('brush'),
  }
}

/** Runs an action of the interface; a failure is shown, with a retry where it makes sense to try the same again. */
export function attempt(program: Program, action: () => Promise<void>, actions?: RemedyActions): void {
  action().catch((thrown: unknown) => reportError(program, thrown, actions ?? { retry: () => attempt(program, action) }))
}
