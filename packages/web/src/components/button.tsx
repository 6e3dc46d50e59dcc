import type { ComponentProps } from 'react'

const variants = {
  primary: 'bg-ink text-on-ink border-transparent hover:opacity-90',
  secondary: 'bg-n0 text-n9 border-n4 hover:border-n6',
  ghost: 'bg-transparent text-n8 border-transparent hover:bg-n3',
} as const

type Variant = keyof typeof variants
type Props = ComponentProps<'button'> & { variant?: Variant }

export function Button({ variant = 'secondary', className = '', ...rest }: Props) {
  return <button type="button" className={`${buttonClass(variant)} ${className}`} {...rest} />
}

/** For links and labels that look like buttons. */
export const buttonClass = (variant: Variant = 'secondary') =>
  `inline-flex min-h-9 items-center justify-center gap-2 rounded-md border px-3 text-small font-medium whitespace-nowrap transition-colors disabled:opacity-50 pointer-coarse:min-h-11 ${variants[variant]}`
