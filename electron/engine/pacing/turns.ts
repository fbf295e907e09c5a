/** Runs what concerns one name one after another; what concerns different names runs side by side. */
export type TakeTurns = <T>(name: string, act: () => Promise<T>) => Promise<T>

export function createTurns(): TakeTurns {
  const last = new Map<string, Promise<unknown>>()
  return (name, act) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(act, act)
    last.set(name, turn)
    const leave = () => {
      if (last.get(name) === turn) last.delete(name)
    }
    turn.then(leave, leave)
    return turn
  }
}
