import type { LogEntry, LogLine, MaskSnapshot } from '../../electron/api/documents.ts'
import type { HistoryLabel } from '../../electron/api/strings/history.ts'
import type { CommandContext } from './commands/command.ts'
import { applyCommand, type DocumentCommand, labelCommand, parseCommand } from './commands/commands.ts'
import { type DocumentState, EMPTY_DOCUMENT, pictureOf } from './document.ts'
import type { PixelMask } from './pixel-mask.ts'

/** One entry as the history panel shows it. */
export interface HistoryItem {
  readonly id: string
  readonly parent: string | null
  readonly at: string
  readonly label: HistoryLabel
  /** Whether it led to the shown state, or is what redo would do again; the others are on other branches. */
  readonly isOnLine: boolean
  readonly isHead: boolean
  /** 0 for the first line of work; a command after an undo opens the next lane. */
  readonly lane: number
}

interface Node {
  readonly entry: LogEntry
  readonly label: HistoryLabel
  readonly state: DocumentState
  readonly lane: number
}

/**
 * The tree of everything done to a document, rebuilt from its log. Nothing is ever taken out: a command after an undo opens
 * a branch, and undo and redo move the head along the line last worked on. States are cheap to hold: the pixel mask draws
 * itself when looked at.
 */
export class DocumentHistory {
  readonly #nodes = new Map<string, Node>()
  /** Where redo goes from an entry (null: from the start): its child on the line last visited. */
  readonly #nextOf = new Map<string | null, string>()
  readonly #context: CommandContext
  #headId: string | null = null
  #laneCount = 1

  constructor(context: CommandContext) {
    this.#context = context
  }

  get headId(): string | null {
    return this.#headId
  }

  get state(): DocumentState {
    return this.stateAt(this.#headId)
  }

  /** @throws RangeError where the history has no such entry. */
  stateAt(id: string | null): DocumentState {
    return id === null ? EMPTY_DOCUMENT : this.#node(id).state
  }

  /** The entry before the head; undefined where there is none to undo. */
  get undoId(): string | null | undefined {
    return this.#headId === null ? undefined : this.#node(this.#headId).entry.parent
  }

  get redoId(): string | undefined {
    return this.#nextOf.get(this.#headId)
  }

  get undoLabel(): HistoryLabel | null {
    return this.#headId === null ? null : this.#node(this.#headId).label
  }

  get redoLabel(): HistoryLabel | null {
    return this.redoId === undefined ? null : this.#node(this.redoId).label
  }

  has(id: string | null): boolean {
    return id === null || this.#nodes.has(id)
  }

  /**
   * Takes a line of the log. A line that was written twice, because the first answer was lost, counts once; an entry whose
   * parent is missing is left out, and so is what hangs on it.
   */
  take(line: LogLine): void {
    if ('head' in line) {
      if (this.has(line.head)) this.#moveHead(line.head)
      return
    }
    const { entry } = line
    if (this.#nodes.has(entry.id) || !this.has(entry.parent)) return
    const before = this.stateAt(entry.parent)
    const command = parseCommand(entry.command)
    const label = command === undefined ? 'unknown' : labelCommand(command)
    this.#add(entry, label, command === undefined ? before : applyCommand(before, command, this.#context))
  }

  /** What a command would make of the head. */
  preview(command: DocumentCommand): DocumentState {
    return applyCommand(this.state, command, this.#context)
  }

  /**
   * Does a command on the head. Returns the line for the log; undefined where the command changes nothing.
   *
   * @param maskSnapshot  of an earlier entry, to be named by this one.
   */
  do(command: DocumentCommand, maskSnapshot: MaskSnapshot | undefined): LogLine | undefined {
    const state = applyCommand(this.state, command, this.#context)
    if (state === this.state) return undefined
    const at = new Date().toISOString()
    const own = { id: crypto.randomUUID(), parent: this.#headId, at, picture: pictureOf(state), command }
    const entry: LogEntry = maskSnapshot === undefined ? own : { ...own, maskSnapshot }
    this.#add(entry, labelCommand(command), state)
    return { entry }
  }

  list(): HistoryItem[] {
    const onLine = new Set<string>()
    for (let id = this.#headId; id !== null; id = this.#node(id).entry.parent) onLine.add(id)
    for (let id = this.#nextOf.get(this.#headId); id !== undefined; id = this.#nextOf.get(id)) onLine.add(id)
    return [...this.#nodes.values()].map(({ entry: { id, parent, at }, label, lane }) => {
      return { id, parent, at, label, lane, isOnLine: onLine.has(id), isHead: id === this.#headId }
    })
  }

  /** Pixel masks of all states, the head's first, then by how far from it they were made. */
  listMasks(): PixelMask[] {
    const nodes = [...this.#nodes.values()]
    const at = nodes.findIndex(({ entry }) => entry.id === this.#headId)
    const byDistance = nodes
      .map(({ state }, i) => ({ mask: state.pixelMask, distance: Math.abs(i - at) }))
      .sort((a, b) => a.distance - b.distance)
    return [...new Set([this.state.pixelMask, ...byDistance.map(({ mask }) => mask)])]
  }

  #add(entry: LogEntry, label: HistoryLabel, state: DocumentState): void {
    const isBranch = this.#nextOf.has(entry.parent)
    const parentLane = entry.parent === null ? 0 : this.#node(entry.parent).lane
    const lane = isBranch ? this.#laneCount++ : parentLane
    this.#nodes.set(entry.id, { entry, label, state, lane })
    this.#moveHead(entry.id)
  }

  #moveHead(id: string | null): void {
    this.#headId = id
    for (let child = id; child !== null; ) {
      const { parent } = this.#node(child).entry
      // From here down the line was set when the head last stood there.
      if (this.#nextOf.get(parent) === child) break
      this.#nextOf.set(parent, child)
      child = parent
    }
  }

  #node(id: string): Node {
    const node = this.#nodes.get(id)
    if (node === undefined) throw new RangeError(`no entry ${id} in the history`)
    return node
  }
}
