import type { CaptionerSettings } from '@descry/contract'
import { Play, Square } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { useAnnounce } from '../../lib/services/notices.ts'
import type { Setup } from './requests/use-save-captioner.ts'
import { useTestCaptioner } from './requests/use-test-captioner.ts'
import { TestResult } from './test-result.tsx'

type Props = {
  name: string
  /** Returns nothing if the form has errors, which it then shows. */
  getSetup: () => Setup | undefined
  /** Other buttons in the same row. */
  children?: ReactNode
}

/** Asks the captioner for a caption and shows what it returned. */
export function TestControls({ name, getSetup, children }: Props) {
  const test = useTestCaptioner()
  const announce = useAnnounce()
  const { data, isPending, isError, error, variables } = test
  useEffect(() => {
    if (data?.text) announce(`It works: ${data.text}`)
  }, [data, announce])

  const start = () => {
    const setup = getSetup()
    if (setup) test.mutate(setup)
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1">
        {isPending ? (
          <Button onClick={test.stop} aria-label={`Stop testing ${name}`}>
            <Square size={16} aria-hidden />
            Stop
          </Button>
        ) : (
          <Button onClick={start} aria-label={`Test ${name}`}>
            <Play size={16} aria-hidden />
            Test
          </Button>
        )}
        {children}
      </div>
      {isPending && <Pending settings={variables.settings} />}
      {data && <TestResult result={data} price={variables?.settings.price} />}
      {isError && <ErrorNote error={error} kept="Nothing was changed." />}
    </div>
  )
}

function Pending({ settings }: { settings: CaptionerSettings }) {
  const seconds = useElapsedSeconds()
  return (
    <p className="text-small text-n7">
      <span className="pulse">Asking for a caption of a sample image.</span> {seconds} of at most{' '}
      {settings.timeoutSeconds} s
    </p>
  )
}

function useElapsedSeconds(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
