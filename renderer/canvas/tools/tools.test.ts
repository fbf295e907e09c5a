import { describe, expect, it } from 'vitest'
import { TOOL_IDS, type PointerSample, type ToolContext, type ToolEffect, type ToolEvent, type ToolId } from './tool.ts'
import { createToolRunners } from './tools.ts'

const CONTEXT: ToolContext = {
  bounds: { x: 0, y: 0, width: 512, height: 512 },
  frame: null,
  brushSize: 32,
  isPressureUsed: true,
  cellSize: 16,
  zoom: 1,
  isPatched: false,
  visible: { x: 0, y: 0, width: 512, height: 512 },
}

const sample = (x: number, y: number, held: Partial<PointerSample> = {}): PointerSample => {
  return { x, y, xScreen: x, yScreen: y, pressure: 1, isErase: false, isConstrained: false, isFree: false, ...held }
}
const down = (x: number, y: number, held?: Partial<PointerSample>): ToolEvent => ({ type: 'pointer-down', sample: sample(x, y, held) })
const move = (x: number, y: number, held?: Partial<PointerSample>): ToolEvent => ({ type: 'pointer-move', sample: sample(x, y, held) })
const up = (x: number, y: number, held?: Partial<PointerSample>): ToolEvent => ({ type: 'pointer-up', sample: sample(x, y, held) })
const cancel: ToolEvent = { type: 'cancel' }
const enter: ToolEvent = { type: 'confirm', isErase: false }
const arrow = (dx: number, dy: number, isResize = false, isFree = false): ToolEvent => ({ type: 'nudge', dx, dy, isResize, isFree })

/** Plays a gesture with a fresh tool. */
function play(id: ToolId, events: readonly ToolEvent[], context = CONTEXT) {
  const tool = createToolRunners()[id]
  const effects = events.flatMap((event) => tool.send(event, context))
  const commands = effects.flatMap((effect) => (effect.type === 'commit' ? [effect.command] : []))
  return { types: effects.map(({ type }) => type), effects, commands, isIdle: tool.isIdle() }
}

const isLasting = ({ type }: ToolEffect) => type === 'commit' || type === 'commit-stroke'

describe.each(TOOL_IDS)('%s tool', (id) => {
  const gestures: ToolEvent[][] = [
    [down(0, 0)],
    [down(0, 0), move(40, 40)],
    [down(0, 0), move(40, 40), move(90, 10), move(20, 80)],
    [down(500, 500), move(505, 505)],
    [arrow(1, 0)],
    [arrow(1, 0), arrow(0, 1, true)],
    [],
  ]

  it('leaves no effect when cancelled in any state, and is idle again', () => {
    for (const gesture of gestures) {
      const { effects, isIdle } = play(id, [...gesture, cancel, up(60, 60), move(70, 70)])
      expect(effects.filter(isLasting)).toEqual([])
      expect(isIdle).toBe(true)
      expect(effects.findLast(({ type }) => type === 'preview') ?? { preview: null }).toMatchObject({ preview: null })
    }
  })

  it('makes at most one command of a gesture', () => {
    for (const gesture of gestures) expect(play(id, [...gesture, up(60, 60), enter]).effects.filter(isLasting).length).toBeLessThan(2)
  })

  it('ignores a pointer that moves without having gone down', () => {
    expect(play(id, [move(5, 5), up(5, 5)]).types).toEqual([])
  })
})

describe('brush tool', () => {
  it('paints one stroke per drag, with the last point always in it', () => {
    const { types, effects } = play('brush', [down(0, 0), move(10, 0), move(11, 0), up(11, 0)])
    expect(types).toEqual(['begin-stroke', 'extend-stroke', 'extend-stroke', 'commit-stroke'])
    expect(effects[2]).toMatchObject({ point: { xQuarters: 44 } })
  })

  it('makes a dot of a click', () => {
    expect(play('brush', [down(9, 9), up(9, 9)]).types).toEqual(['begin-stroke', 'commit-stroke'])
  })

  it('does not log points that cannot be told apart', () => {
    const moves = Array.from({ length: 100 }, (_, i) => move(i / 50, 0))
    expect(play('brush', [down(0, 0), ...moves, up(2, 0)]).types.filter((type) => type === 'extend-stroke')).toHaveLength(1)
  })

  it('erases with the right button, the eraser end or Alt, and as the eraser always', () => {
    expect(play('brush', [down(0, 0)]).effects[0]).toMatchObject({ isErase: false })
    expect(play('brush', [down(0, 0, { isErase: true })]).effects[0]).toMatchObject({ isErase: true })
    expect(play('eraser', [down(0, 0)]).effects[0]).toMatchObject({ isErase: true })
  })

  it('draws a straight line from the last stroke with Shift', () => {
    const { types, effects } = play('brush', [down(0, 0), up(0, 0), down(100, 50, { isConstrained: true }), up(100, 50)])
    expect(types.slice(2)).toEqual(['begin-stroke', 'extend-stroke', 'commit-stroke'])
    expect(effects[2]).toMatchObject({ point: { xQuarters: 0, yQuarters: 0 } })
  })

  it('takes pressure only where it shall', () => {
    const events = [down(0, 0, { pressure: 0.2 })]
    expect(play('brush', events).effects[0]).toMatchObject({ point: { pressure: 51 } })
    expect(play('brush', events, { ...CONTEXT, isPressureUsed: false }).effects[0]).toMatchObject({ point: { pressure: 255 } })
  })
})

describe('rectangle tool', () => {
  it('masks whole pixels in whichever direction it is dragged', () => {
    const rect = { x: 10, y: 20, width: 31, height: 21 }
    expect(play('rectangle', [down(40.2, 40.5), move(20, 30), up(10.4, 20)]).commands).toEqual([{ type: 'mask-rectangle', isErase: false, rect }])
  })

  it('is a square with Shift, away from where it began', () => {
    const [command] = play('rectangle', [down(100, 100), move(50, 90), up(60, 90, { isConstrained: true })]).commands
    expect(command).toMatchObject({ rect: { x: 60, y: 60, width: 40, height: 40 } })
  })

  it('unmasks with Alt, pressed before or during the drag', () => {
    expect(play('rectangle', [down(0, 0, { isErase: true }), move(50, 50), up(50, 50)]).commands[0]).toMatchObject({ isErase: true })
    expect(play('rectangle', [down(0, 0), move(50, 50, { isErase: true }), up(50, 50)]).commands[0]).toMatchObject({ isErase: true })
  })

  it('takes a shaky click as nothing, and what lies beside the picture too', () => {
    expect(play('rectangle', [down(10, 10), move(11, 11), up(11, 11)]).commands).toEqual([])
    expect(play('rectangle', [down(600, 600), move(700, 700), up(700, 700)]).commands).toEqual([])
  })

  it('is placed, moved and sized by arrow keys and masked by Enter', () => {
    const { commands } = play('rectangle', [arrow(1, 0), arrow(1, 0), arrow(0, 1, true), arrow(-1, 0, false, true), enter])
    expect(commands).toEqual([{ type: 'mask-rectangle', isErase: false, rect: { x: 207, y: 192, width: 128, height: 144 } }])
    expect(play('rectangle', [arrow(1, 0), { type: 'confirm', isErase: true }]).commands[0]).toMatchObject({ isErase: true })
  })

  it('tells in words where the keyboard has put it', () => {
    const { effects } = play('rectangle', [arrow(1, 0)])
    expect(effects).toContainEqual({ type: 'announce', text: expect.stringContaining('128 by 128 at 192, 192') })
  })

  it('stays in the picture however long an arrow key is held', () => {
    const { commands } = play('rectangle', [...Array.from({ length: 99 }, () => arrow(-1, -1)), enter])
    expect(commands[0]).toMatchObject({ rect: { x: 0, y: 0 } })
  })

  it('does nothing in an empty document', () => {
    const empty = { ...CONTEXT, bounds: null }
    expect(play('rectangle', [down(0, 0), move(50, 50), up(50, 50), arrow(1, 0), enter], empty).commands).toEqual([])
  })
})

describe('lasso tool', () => {
  it('masks what was drawn around', () => {
    const { commands } = play('lasso', [down(0, 0), move(10, 0), move(10, 10), move(0, 10), up(0, 10)])
    expect(commands).toEqual([{ type: 'mask-lasso', isErase: false, outline: [0, 0, 40, 0, 0, 40, -40, 0] }])
  })

  it('encloses nothing with a line', () => {
    expect(play('lasso', [down(0, 0), move(50, 0), up(50, 0)]).commands).toEqual([])
  })

  it('encloses nothing beside the picture', () => {
    const beside = [down(-40, 0), move(-10, 0), move(-10, 50), move(-40, 50), up(-40, 50)]
    expect(play('lasso', beside).commands).toEqual([])
    const reaching = [down(-40, 0), move(1, 0), move(1, 50), move(-40, 50), up(-40, 50)]
    expect(play('lasso', reaching).commands).toHaveLength(1)
  })
})

describe('frame tool', () => {
  const frameAfter = (events: ToolEvent[], context = CONTEXT) => play('frame', events, context).commands

  it('is dragged beyond the picture by an edge and snaps to token cells', () => {
    const frame = { x: 0, y: 0, width: 608, height: 512 }
    expect(frameAfter([down(512, 200), move(605, 230), up(605, 230)])).toEqual([{ type: 'set-frame', frame }])
  })

  it('grows to the left and up into negative coordinates', () => {
    expect(frameAfter([down(0, 0), move(-50, -34), up(-50, -34)])).toEqual([
      { type: 'set-frame', frame: { x: -48, y: -32, width: 560, height: 544 } },
    ])
  })

  it('does not snap with Ctrl and finds the edges of a picture that is no multiple of a cell', () => {
    expect(frameAfter([down(512, 200), move(605.4, 200, { isFree: true }), up(605, 200)])[0]).toMatchObject({ frame: { width: 605 } })
    const odd = { ...CONTEXT, bounds: { x: 0, y: 0, width: 501, height: 512 }, frame: { x: 0, y: 0, width: 640, height: 512 } }
    expect(frameAfter([down(640, 200), move(503, 200), up(503, 200)], odd)[0]).toMatchObject({ frame: { width: 501 } })
  })

  it('keeps its ratio with Shift', () => {
    const [command] = frameAfter([down(512, 512), move(640, 520, { isConstrained: true }), up(640, 520)])
    expect(command).toMatchObject({ frame: { x: 0, y: 0, width: 640, height: 640 } })
  })

  it('is moved by its inside', () => {
    expect(frameAfter([down(256, 256), move(273, 256), up(273, 256)])[0]).toMatchObject({ frame: { x: 16, y: 0, width: 512 } })
  })

  it('never turns inside out', () => {
    const [command] = frameAfter([down(512, 200), move(-300, 200), up(-300, 200)])
    expect(command).toMatchObject({ frame: { x: 0, width: 1 } })
  })

  it('goes back to the picture with Escape, where it is not there already', () => {
    const moved = { ...CONTEXT, frame: { x: 0, y: 0, width: 640, height: 512 } }
    expect(frameAfter([{ type: 'reset' }], moved)).toEqual([{ type: 'clear-frame' }])
    expect(frameAfter([{ type: 'reset' }])).toEqual([])
  })

  it('makes no step of a drag that ends where it began', () => {
    expect(frameAfter([down(512, 200), move(600, 200), move(512, 200), up(512, 200)])).toEqual([])
  })

  it('is sized by Shift and arrow keys', () => {
    expect(frameAfter([arrow(1, 0, true), arrow(1, 0, true), enter])).toEqual([
      { type: 'set-frame', frame: { x: 0, y: 0, width: 544, height: 512 } },
    ])
  })
})

describe('pin and likeness tools', () => {
  it('pick what was clicked, and all that was dragged over', () => {
    expect(play('pin', [down(10, 10), up(10, 10)]).effects).toMatchObject([{ type: 'pick', tool: 'pin', points: [{ x: 10, y: 10 }] }])
    const [pick] = play('pin', [down(10, 10), move(30, 10), up(30, 10)]).effects
    expect(pick).toMatchObject({ type: 'pick', points: [{ x: 10 }, { x: 30 }] })
  })

  it('add with Shift', () => {
    const [pick] = play('likeness', [down(10, 10, { isConstrained: true }), up(10, 10)]).effects
    expect(pick).toMatchObject({ type: 'pick', tool: 'likeness', isAdded: true })
  })

  it('let go of the likeness with Escape, and of nothing else', () => {
    expect(play('likeness', [{ type: 'reset' }]).effects).toMatchObject([{ type: 'pick', points: [] }])
    expect(play('pin', [{ type: 'reset' }]).effects).toEqual([])
  })

  it('go from cell to cell by the arrow keys and pick with Enter', () => {
    const { effects } = play('pin', [arrow(1, 0), arrow(1, 0), enter])
    const picks = effects.filter(({ type }) => type === 'pick')
    expect(picks).toHaveLength(1)
    expect(picks[0]).toMatchObject({ tool: 'pin', points: [{ x: expect.any(Number), y: expect.any(Number) }] })
  })

  it('leave no trace of a gesture that is given up', () => {
    expect(play('pin', [down(10, 10), { type: 'cancel' }]).effects).toEqual([])
  })
})

describe('patch tool', () => {
  const picks = (events: readonly ToolEvent[], context = CONTEXT) => play('patch', events, context).effects.filter(({ type }) => type === 'pick')

  it('tells of the way it goes as it goes, and when it ends', () => {
    expect(picks([down(10, 10), move(30, 10), up(40, 10)])).toMatchObject([
      { points: [{ x: 10 }], isUnderWay: true, isErase: false },
      { points: [{ x: 10 }, { x: 30 }], isUnderWay: true },
      { points: [{ x: 30 }, { x: 40 }], isUnderWay: false },
    ])
  })

  it('takes paint off with Alt or the right button, to the end of the gesture', () => {
    expect(picks([down(10, 10, { isErase: true }), move(30, 10), up(40, 10)]).every((pick) => pick.type === 'pick' && pick.isErase)).toBe(true)
  })

  it('gives up what was painted when it is cancelled, and all with Escape where there is something', () => {
    expect(picks([down(10, 10), move(30, 10), cancel]).at(-1)).toMatchObject({ points: [], isUnderWay: true })
    expect(picks([{ type: 'reset' }])).toEqual([])
    expect(picks([{ type: 'reset' }], { ...CONTEXT, isPatched: true })).toMatchObject([{ points: [], isUnderWay: false }])
  })

  it('paints single cells by the keyboard', () => {
    expect(picks([arrow(1, 0), arrow(1, 0), enter])).toMatchObject([{ tool: 'patch', points: [{ x: expect.any(Number) }] }])
  })
})

describe('pan tool', () => {
  it('moves the view with the pointer', () => {
    expect(play('pan', [down(10, 10), move(15, 7), move(16, 8), up(16, 8)]).effects).toEqual([
      { type: 'pan', dxScreen: 5, dyScreen: -3 },
      { type: 'pan', dxScreen: 1, dyScreen: 1 },
    ])
  })
})
