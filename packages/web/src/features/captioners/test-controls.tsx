import type { CaptionerSettings } from '@descry/contract'
import { Play, Square } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Button } from '../../components/button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { useAnnounce } from '../../lib/notices.ts'
import type { Setup } from './requests/use-save-captioner.ts'
import { useTestCaptioner } from './requests/use-test-captioner.ts'
import { TestResult } from './test-result.tsx'
import { useSeconds } from './use-seconds.ts'

type Props = {
  name: string
  /** Nothing: the form cannot be read, and says why. */
  getSetup: () => Setup | undefined
  /** Other buttons of the same row. */
  children?: ReactNode
}

/** Asks the captioner for a caption and shows what really came back. */
export function TestControls({ name, getSetup, children }: Props) {
  const test = useTestCaptioner()
  const announce = useAnnounce()
  const { data, isPending, isError, error, variables } = test
  useEffect(() => {
    if (data?.text) announce(`It answers: ${data.text}`)
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
      {isPending && <Waiting settings={variables.settings} />}
      {data && <TestResult result={data} price={variables?.settings.price} />}
      {isError && <ErrorNote error={error} kept="Nothing was changed." />}
    </div>
  )
}

function Waiting({ settings }: { settings: CaptionerSettings }) {
  const seconds = useSeconds()
  return (
    <p className="text-small text-n7">
      <span className="pulse">Asking for a caption of a picture that comes with Descry.</span>{' '}
      {seconds} of at most {settings.timeoutSeconds} s
    </p>
  )
}
