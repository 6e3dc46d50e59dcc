import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useServices } from '../../../lib/services/services.ts'
import type { Setup } from './use-save-captioner.ts'

/** Asks a captioner for a caption of a sample image. It can be stopped, and stops when it is unmounted. */
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
    test.reset() // first, so that the abort is not shown as a failure
    controller.current?.abort()
  }
  return { ...test, stop }
}
