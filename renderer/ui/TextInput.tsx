import type { ComponentProps } from 'react'
import { joinClasses } from './class-names.ts'
import styles from './Field.module.css'

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" className={joinClasses(styles.input, className)} {...rest} />
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={joinClasses(styles.input, className)} rows={2} {...rest} />
}
