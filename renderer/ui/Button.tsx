import type { ComponentProps } from 'react'
import { joinClasses } from './class-names.ts'
import styles from './Button.module.css'

export type ButtonKind = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  size?: ButtonSize
}

export function Button({ kind = 'secondary', size = 'medium', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={joinClasses(styles.button, styles[kind], styles[size], className)}
      {...rest}
    />
  )
}
