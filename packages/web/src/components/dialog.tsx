import { type ReactNode, useEffect, useRef } from 'react'

type Props = { label: string; onClose: () => void; children: ReactNode }

/** A modal dialog, by the native element: it keeps the focus; Escape and a click outside close it. */
export function Dialog({ label, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the element itself closes on Escape.
    <dialog
      ref={ref}
      aria-label={label}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      className="mx-auto mt-[12dvh] w-[min(36rem,calc(100vw-2rem))] rounded-md border border-n4 bg-n0 p-0 text-n9 shadow-lg"
    >
      {children}
    </dialog>
  )
}
