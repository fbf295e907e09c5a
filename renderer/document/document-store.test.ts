import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogLine } from '../../electron/api/documents.ts'
import { logLineSchema } from '../../electron/api/documents.ts'
import { COMMAND_KINDS, type DocumentCommand } from './commands/commands.ts'
import { type DocumentState, pictureOf } from './document.ts'
import { accept, BOUNDS, imageId, ONE_OF_EACH, openPicture, rectangle, run, stroke } from './document-examples.ts'
import { openDocumentStore } from './document-store.ts'
import { drawStroke } from './mask-brush.ts'
import { drawRectangle } from './mask-shapes.ts'
import { type MaskTiles, NO_TILES } from './mask-tiles.ts'
import { encodeStroke, quantizePoint } from './stroke-points.ts'

const LOADED = drawRectangle(NO_TILES, BOUNDS, { x: 30, y: 40, width: 300, height: 77 }, false)

/** A document whose log is kept in memory as text, as the engine keeps it. */
async function open(logged: readonly string[] = [], appendLine?: (line: LogLine) => Promise<void>) {
  const log = [...logged]
  const append = appendLine ?? (async (line: LogLine) => void log.push(JSON.stringify(line)))
  const lines = log.map((text) => logLineSchema.parse(JSON.parse(text)))
  const store = await openDocumentStore({ lines, appendLine: append, loadMaskTiles: async () => LOADED })
  const play = (...commands: DocumentCommand[]) => commands.forEach((command) => store.dispatch(command))
  return { store, log, play, state: () => store.getState().document }
}

/** Bytes by their name: comparing megabytes one by one takes a test runner minutes. */
function spellTiles(tiles: MaskTiles): string[] {
  return [...tiles].map(([key, bytes]) => `${key} ${createHash('sha256').update(bytes).digest('hex')}`).sort()
}

/** A state as plain data. */
function spell(state: DocumentState) {
  const { pixelMask, previousMask, openCandidates, ...rest } = state
  const job = openCandidates && { jobId: openCandidates.jobId, frame: openCandidates.frame, isMaskSame: openCandidates.pixelMask === pixelMask }
  return { ...rest, mask: spellTiles(pixelMask.tiles), previous: spellTiles(previousMask.tiles), job }
}

async function playAll(store: Awaited<ReturnType<typeof open>>['store'], commands: readonly DocumentCommand[]) {
  for (const command of commands) {
    if (command.type === 'load-mask') await store.loadMask(command.imageId)
    else store.dispatch(command)
  }
}

describe('a document', () => {
  it('has an example of each command', () => {
    expect(new Set(ONE_OF_EACH.map(({ type }) => type))).toEqual(new Set(COMMAND_KINDS.map(({ type }) => type)))
  })

  it('undoes and redoes every command exactly', async () => {
    const { store, state } = await open()
    const states = [spell(state())]
    for (const command of ONE_OF_EACH) {
      await playAll(store, [command])
      states.push(spell(state()))
    }
    for (let i = states.length - 2; i >= 0; i--) {
      store.undo()
      expect(spell(state())).toEqual(states[i])
    }
    expect(store.getState().undoLabel).toBeNull()
    for (let i = 1; i < states.length; i++) {
      store.redo()
      expect(spell(state())).toEqual(states[i])
    }
    expect(store.getState().redoLabel).toBeNull()
  })

  it('is the same after a restart, at every point of its history', async () => {
    const { store, log } = await open()
    await playAll(store, ONE_OF_EACH)
    await store.whenSaved()
    const again = await open(log)
    expect(again.store.getState().headId).toBe(store.getState().headId)
    for (const { id } of store.listHistory()) expect(spell(again.store.stateAt(id))).toEqual(spell(store.stateAt(id)))
    expect(again.store.listHistory()).toEqual(store.listHistory())
  })

  describe('grows a large mask in turns', () => {
    const LARGE = { x: 0, y: 0, width: 3000, height: 2000 }
    const grow: DocumentCommand = { type: 'grow-mask', distance: 100 }
    const openLarge = async () => {
      const opened = await open()
      opened.play(openPicture(LARGE), stroke(1000, 1000), stroke(2000, 600))
      return opened
    }

    it('to the same bytes as at once, as one step', async () => {
      const { store, state, play } = await openLarge()
      const shares: number[] = []
      expect(await store.dispatchInTurns(grow, { onProgress: (share) => shares.push(share) })).toBe('done')
      const inTurns = spell(state())
      expect(shares.length).toBeGreaterThan(1)
      store.undo()
      play(grow)
      expect(spell(state())).toEqual(inTurns)
    })

    it('and leaves everything as it was where that is stopped or the document went on meanwhile', async () => {
      const { store, state, play } = await openLarge()
      const before = state()
      expect(await store.dispatchInTurns(grow, { isStopped: () => true })).toBe('stopped')
      expect(state()).toBe(before)
      const growing = store.dispatchInTurns(grow)
      play(stroke(300, 300))
      expect(await growing).toBe('outdated')
      expect(store.getState().undoLabel).toBe('paint-mask')
    })

    it('and makes no step of what changes nothing', async () => {
      const { store, play } = await openLarge()
      play({ type: 'fill-mask' })
      expect(await store.dispatchInTurns(grow)).toBe('unchanged')
      expect(store.getState().undoLabel).toBe('fill-mask')
    })
  })

  it('keeps both branches when work goes on after an undo, also after a restart', async () => {
    const { store, log, play, state } = await open()
    play(openPicture(), stroke(50, 50), stroke(300, 300))
    const first = spell(state())
    const firstHead = store.getState().headId
    store.undo()
    play(rectangle({ x: 0, y: 0, width: 9, height: 9 }))
    store.undo()
    store.undo()
    await store.whenSaved()

    const again = await open(log)
    expect(again.store.getState().redoLabel).toBe('paint-mask')
    again.store.redo()
    // Redo follows the line worked on last.
    expect(again.store.getState().redoLabel).toBe('mask-rectangle')
    again.store.jumpTo(firstHead)
    expect(spell(again.state())).toEqual(first)
    again.store.undo()
    expect(again.store.getState().redoLabel).toBe('paint-mask')
    expect(again.store.listHistory().map(({ label, lane }) => `${label} ${lane}`)).toEqual([
      'place-picture 0',
      'paint-mask 0',
      'paint-mask 0',
      'mask-rectangle 1',
    ])
  })

  it('names in the log what the document shows after each command', async () => {
    const { store, log, play } = await open()
    play(openPicture(), run(), accept())
    await store.whenSaved()
    expect(log.map((text) => JSON.parse(text).entry.picture)).toEqual([imageId('a'), imageId('a'), imageId('b')])
  })

  it('takes no step for what changes nothing', async () => {
    const { store, play } = await open()
    play({ type: 'clear-mask' }, { type: 'dismiss-candidates' }, openPicture(), { type: 'clear-frame' }, { type: 'clear-mask' })
    expect(store.listHistory().map(({ label }) => label)).toEqual(['place-picture'])
    store.redo()
    store.jumpTo('nowhere')
    expect(store.listHistory()).toHaveLength(1)
  })

  it('shows a command of a newer version as such and goes on', async () => {
    const { store, log, play } = await open()
    play(openPicture())
    await store.whenSaved()
    const line = JSON.parse(log[0] ?? '')
    const unknown = { entry: { ...line.entry, id: 'later', parent: line.entry.id, command: { type: 'colour-balance', by: 3 } } }
    const again = await open([...log, JSON.stringify(unknown)])
    expect(pictureOf(again.state())).toBe(imageId('a'))
    expect(again.store.getState().undoLabel).toBe('unknown')
  })

  it('adopts a live stroke instead of drawing it again', async () => {
    const { store, play, state } = await open()
    play(openPicture())
    const points = [quantizePoint(10, 10), quantizePoint(50, 90)]
    const brush = { size: 30, hardness: 1, isErase: false }
    const drawn = drawStroke(state().pixelMask.tiles, BOUNDS, brush, points)
    store.dispatch({ type: 'paint-mask', ...brush, stroke: encodeStroke(points) }, drawn)
    expect(state().pixelMask.tiles).toBe(drawn)
  })
})

describe('accepting a candidate', () => {
  it('uses up the mask it was made with; restoring brings it back', async () => {
    const { play, state } = await open()
    play(openPicture(), stroke(), run(), accept())
    expect(state().pixelMask.isEmpty).toBe(true)
    expect(state().openCandidates).toBeNull()
    expect(state().origin).toBe('opened')
    play({ type: 'restore-mask' })
    expect(state().pixelMask.isEmpty).toBe(false)
  })

  it('leaves a mask alone that was painted since', async () => {
    const { play, state } = await open()
    play(openPicture(), stroke(), run(), rectangle({ x: 300, y: 300, width: 20, height: 20 }), accept())
    expect(state().pixelMask.isEmpty).toBe(false)
  })

  it('makes a document created where there was nothing', async () => {
    const { play, state } = await open()
    play(run(), accept())
    expect([state().origin, state().bounds, pictureOf(state())]).toEqual(['created', BOUNDS, imageId('b')])
  })

  it('keeps a mask that was closed without accepting', async () => {
    const { play, state } = await open()
    play(openPicture(), stroke(), run(), { type: 'dismiss-candidates' })
    expect(state().pixelMask.isEmpty).toBe(false)
  })
})

describe('saving', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('writes lines one at a time and in order, loses none while the engine cannot write, and says so', async () => {
    const written: LogLine[] = []
    let [isBroken, running, mostAtOnce] = [true, 0, 0]
    const { store, play } = await open([], async (line) => {
      mostAtOnce = Math.max(mostAtOnce, ++running)
      await Promise.resolve()
      running--
      if (isBroken) throw new Error('The disk is full.')
      written.push(line)
    })
    play(openPicture(), stroke(), stroke(200, 200))
    expect(store.getState().saving).toEqual({ kind: 'saving' })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(store.getState().saving).toEqual({ kind: 'unsaved', message: 'The disk is full.', lineCount: 3 })
    play({ type: 'clear-mask' })
    store.undo()
    isBroken = false
    store.retrySaving()
    await store.whenSaved()
    expect(store.getState().saving).toEqual({ kind: 'saved' })
    expect(written.map((line) => ('entry' in line ? line.entry.command.type : 'head'))).toEqual([
      'place-picture',
      'paint-mask',
      'paint-mask',
      'clear-mask',
      'head',
    ])
    expect(mostAtOnce).toBe(1)
  })

  it('tries again by itself', async () => {
    let failures = 3
    const { store, play } = await open([], async () => {
      if (failures-- > 0) throw new Error('busy')
    })
    play(openPicture())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(store.getState().saving).toEqual({ kind: 'saved' })
  })

  it('counts a line once that was written twice', async () => {
    const log: string[] = []
    let isAnswerLost = true
    const { store, play } = await open([], async (line) => {
      log.push(JSON.stringify(line))
      if (isAnswerLost) throw new Error('connection lost')
    })
    play(openPicture(), stroke())
    await vi.advanceTimersByTimeAsync(600)
    isAnswerLost = false
    store.retrySaving()
    await store.whenSaved()
    expect(log.length).toBeGreaterThan(2)
    const again = await open(log)
    expect(again.store.listHistory()).toEqual(store.listHistory())
  })
})

describe('a document of many strokes', () => {
  it('opens from a stored mask, to the same bytes as by replaying', async () => {
    const images = new Map<string, MaskTiles>()
    const storeMask = async (tiles: MaskTiles) => {
      images.set(imageId(String(images.size)), new Map([...tiles].map(([key, bytes]) => [key, bytes.slice()])))
      return imageId(String(images.size - 1))
    }
    const lines: LogLine[] = []
    const appendLine = async (line: LogLine) => void lines.push(logLineSchema.parse(JSON.parse(JSON.stringify(line))))
    const store = await openDocumentStore({ lines: [], appendLine, loadMaskTiles: async () => NO_TILES, storeMask })
    store.dispatch(openPicture())
    for (let i = 0; i < 130; i++) {
      store.dispatch(stroke((i * 37) % 450, (i * 53) % 350, i % 4 === 3))
      await Promise.resolve()
    }
    await store.whenSaved()
    expect(images.size).toBe(2)

    const loaded: string[] = []
    const loadMaskTiles = async (id: string) => {
      loaded.push(id)
      return images.get(id) ?? NO_TILES
    }
    const again = await openDocumentStore({ lines, appendLine, loadMaskTiles })
    expect(loaded[0]).toBe(imageId('1'))
    expect(spell(again.getState().document)).toEqual(spell(store.getState().document))

    const broken = await openDocumentStore({ lines, appendLine, loadMaskTiles: () => Promise.reject(new Error('gone')) })
    expect(spell(broken.getState().document)).toEqual(spell(store.getState().document))
  })
})

describe('the log', () => {
  it('takes at most 2 KB for a stroke of 120 moves with a pen', async () => {
    const { store, log, play } = await open()
    play(openPicture({ x: 0, y: 0, width: 4096, height: 4096 }))
    const points = Array.from({ length: 120 }, (_, i) =>
      quantizePoint(400 + i * 27.3, 2000 + 1500 * Math.sin(i / 6), 0.5 + 0.4 * Math.sin(i / 4)),
    )
    play({ type: 'paint-mask', isErase: false, size: 200, hardness: 0.8, stroke: encodeStroke(points) })
    await store.whenSaved()
    expect(log.at(-1)?.length).toBeLessThanOrEqual(2048)
  })
})
