import { type RefObject, useEffect, useState } from 'react'

/**
 * Counts how often someone tried to submit a form. Mistakes are shown from the first attempt on, and
 * disappear while they are being corrected; each attempt moves the focus to the first of them.
 */
export function useSubmitAttempts(formRef: RefObject<HTMLFormElement | null>) {
  const [attempts, setAttempts] = useState(0)
  useEffect(() => {
    if (attempts > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [attempts, formRef])
  return { hasTried: attempts > 0, countAttempt: () => setAttempts((before) => before + 1) }
}
