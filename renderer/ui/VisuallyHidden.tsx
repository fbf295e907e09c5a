import type { ReactNode } from 'react'
import { VisuallyHidden as Primitive } from 'radix-ui'

export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <Primitive.Root>{children}</Primitive.Root>
}
