import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useServices } from '../../../lib/services.ts'
import type { Setup } from './use-save-captioner.ts'

/** Asks a captioner for a caption of a picture of ours. Stops when asked to, or when it is left. */
export function useTestCaptioner() {
  const { client } = useServices()
  const controller = useRef<AbortController>(undefined)
  const test = useMutation({
    mutationFn: (setup: Setup) => {
      controller.current = new AbortController()
      return client.testCaptioner({ body: setup }, { signal: controller.current.signal })
    },
  })
  useEffect(() => () => controller.current?.abort(), [])

  const stop = () => {
    test.reset() // first, so that the failure of what is cut off is not shown
    controller.current?.abort()
  }
  return { ...test, stop }
}
