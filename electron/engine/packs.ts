import type { PackSummary, PackVerification, PromptCheck } from '../api/packs.ts'
import type { Pack } from '../../models/importing/pack.ts'

/** A pack as it lies in a folder. */
export interface InstalledPack {
  readonly pack: Pack
  /** Absolute. */
  readonly folder: string
}

/** The packs in the pack folders. They are looked for anew each time, so a pack that was copied there is found. */
export interface PackLibrary {
  list(): Promise<InstalledPack[]>
  /** @param packId  null = the one chosen in the settings, else the first. Throws `pack-not-installed` or `pack-corrupt`. */
  find(packId: string | null): Promise<InstalledPack>
  summarize(): Promise<PackSummary[]>
  /** Reads every file and compares it with what `pack.json` says. */
  verify(packId: string): Promise<PackVerification>
  checkPrompt(packId: string, prompt: string): Promise<PromptCheck>
}
