import { type ErrorCode, errorCodes } from '@descry/contract'
import { errorTitles } from '../../lib/failures/error-titles.ts'

/** All error codes of the contract. */
export function ErrorTable() {
  return (
    <section id="errors" aria-label="Errors" className="scroll-mt-16 border-t border-n4 py-8">
      <h2 className="text-large font-medium">Errors</h2>
      <p className="measure mt-1">
        Every error response has this shape:{' '}
        <code className="font-mono text-small wrap-anywhere">
          {'{ "error": { "code", "message", "requestId" } }'}
        </code>
        . The code is for programs and never changes; the message is for people.
      </p>
      <div className="mt-4 overflow-x-auto">
        <table className="text-small">
          <thead>
            <tr className="border-b border-n4 text-left text-n7">
              <th className="py-1.5 pr-8 font-medium">Code</th>
              <th className="py-1.5 pr-8 font-medium">Meaning</th>
              <th className="py-1.5 pr-8 font-medium">Status</th>
              <th className="py-1.5 font-medium">Worth retrying</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(errorCodes).map(([code, { status, retry }]) => (
              <tr
                key={code}
                id={`error-${code}`}
                className="scroll-mt-16 border-b border-n3 target:bg-ink-soft"
              >
                <td className="py-1.5 pr-8 font-mono">{code}</td>
                <td className="py-1.5 pr-8">{errorTitles[code as ErrorCode]}</td>
                <td className="py-1.5 pr-8">{status}</td>
                <td className="py-1.5">{retry ? 'yes' : 'no'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
