/** Four tokens, one of them masked. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden>
      <rect x="1" y="1" width="8" height="8" rx="2.2" fill="currentColor" />
      <rect x="11" y="1" width="8" height="8" rx="2.2" fill="currentColor" opacity="0.45" />
      <rect x="1" y="11" width="8" height="8" rx="2.2" fill="currentColor" opacity="0.45" />
      <rect x="11" y="11" width="8" height="8" rx="2.2" fill="var(--colour-accent)" />
    </svg>
  )
}
