/**
 * What graphs can be run on, as ONNX Runtime calls it, in the order in which they are tried. The processor comes last and
 * is always there.
 */
export const PROVIDERS = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const
export type Provider = (typeof PROVIDERS)[number]

/** What the user wants graphs to run on: one of them, or the first that works and is quicker than the processor. */
export const PROVIDER_CHOICES = ['auto', ...PROVIDERS] as const
export type ProviderChoice = (typeof PROVIDER_CHOICES)[number]

/** One that was tried and is not used. */
export interface PassedOver {
  readonly provider: Provider
  readonly why: 'unavailable' | 'wrong' | 'slow' | 'crashed'
}
