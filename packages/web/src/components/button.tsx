import type { ComponentProps } from 'react'

const looks = {
  main: 'bg-ink text-on-ink border-transparent hover:opacity-90',
  plain: 'bg-n0 text-n9 border-n4 hover:border-n6',
  quiet: 'bg-transparent text-n8 border-transparent hover:bg-n3',
} as const

type Props = ComponentProps<'button'> & { look?: keyof typeof looks }

export function Button({ look = 'plain', className = '', ...rest }: Props) {
  return <button type="button" className={`${buttonClass(look)} ${className}`} {...rest} />
}

/** For links and labels that look like buttons. */
export const buttonClass = (look: keyof typeof looks = 'plain') =>
  `inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3 text-small font-medium whitespace-nowrap transition-colors disabled:opacity-50 pointer-coarse:min-h-11 ${looks[look]}`
