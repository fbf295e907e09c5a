import type { ComponentProps } from 'react'
import { joinClasses } from './class-names.ts'
import styles from './Field.module.css'

/** The platform's own select: it is accessible everywhere, and Radix's needs inline style elements. */
export function SelectInput({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={joinClasses(styles.input, className)} {...rest} />
}
