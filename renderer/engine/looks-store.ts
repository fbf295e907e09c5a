import { createStore } from 'zustand/vanilla'
import { DEFAULT_SUBJECT_SHARE, DEFAULT_WEAK_SHARE, type Analysis, type AnalysisResult } from '../../electron/api/analyses.ts'
import { chooseFalling, chooseWeakest, findSpots, measureFall, type Cells, type Spot } from '../../electron/api/cell-choice.ts'

/** What the model is asked about a picture. */
export type LookId = 'words' | 'subject' | 'likelihood' | 'surprises'

/** What was measured. */
export interface Look {
  readonly id: LookId
  readonly result: AnalysisResult
}

export interface LooksState {
  /** Which panel is open. */
  readonly openLook: LookId | null
  /** Of the open one, as far as it is measured. */
  readonly found: Look | null
  /** Under way; null = nothing is. */
  readonly progress: Pick<Analysis, 'step' | 'stepCount' | 'secondsLeft'> | null
  /** What went wrong, in words. */
  readonly problem: string | null
  /** What the picture shows now, for masks from words. */
  readonly from: string
  /** Words for what stays, where the background is replaced. */
  readonly subject: string
  /** 0–1, of the picture: how much a subject covers at most. */
  readonly subjectBudget: number
  /** 0–1, of the picture. */
  readonly budget: number
  /** In cells. */
  readonly spread: number
  /** A word of a candidate's prompt that is pointed at, and how much less likely the candidate's cells are without it. */
  readonly word: { readonly text: string; readonly result: AnalysisResult | null } | null
}

export type LooksStore = ReturnType<typeof createLooksStore>

/** What a window has asked the model about its document's picture. Not kept with the document. */
export function createLooksStore() {
  const store = createStore<LooksState>(() => ({
    openLook: null,
    found: null,
    progress: null,
    problem: null,
    from: '',
    subject: '',
    subjectBudget: DEFAULT_SUBJECT_SHARE,
    budget: 0.12,
    spread: 1,
    word: null,
  }))
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    change: (change: Partial<LooksState>) => store.setState(change),
  }
}

type Findings = Pick<LooksState, 'found' | 'budget' | 'subjectBudget' | 'spread'>

/** The cells that would become the mask: those that speak against the new words, those that words stand for, or the weakest. */
export function selectCells({ found, budget, subjectBudget, spread }: Findings): Cells {
  if (found === null) return []
  const { crop, likelihoods } = found.result
  const [before = [], after = []] = likelihoods
  if (found.id === 'words') return chooseFalling(measureFall(before, after), crop, { budget, spread })
  if (found.id === 'subject') return chooseFalling(measureFall(before, after), crop, { budget: subjectBudget, spread })
  return found.id === 'likelihood' ? chooseWeakest(before, DEFAULT_WEAK_SHARE) : []
}

export function selectSpots(found: Look | null): readonly Spot[] {
  return found?.id === 'surprises' ? findSpots(found.result.likelihoods[0] ?? [], found.result.crop) : []
}
