import { CodeExample } from './code-example.tsx'
import { exampleAddress, exampleCode } from './example-code.ts'
import { FieldTable, WithCode } from './field-table.tsx'
import { RunRequest } from './run-request.tsx'
import type { Operation } from './to-reference.ts'

/** One operation: its request and responses on the left, example code on the right. */
export function OperationSection({ operation, origin }: { operation: Operation; origin: string }) {
  const { id, method, path, summary, description, parameters, bodies, responses, errors } =
    operation
  return (
    <section
      id={id}
      aria-label={`${method} ${path}`}
      className="grid scroll-mt-16 gap-x-12 gap-y-6 border-t border-n4 py-8 xl:grid-cols-2"
    >
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-baseline gap-x-3 font-medium">
          <span className="font-mono text-small text-ink">{method}</span>
          <code className="font-mono wrap-anywhere">{path}</code>
        </h3>
        <p className="measure mt-1">{summary}</p>
        {description && (
          <p className="measure mt-1 text-small text-n7">
            <WithCode text={description} />
          </p>
        )}
        <FieldTable title="Parameters" fields={parameters} />
        {bodies.map(({ mediaType, fields }) => (
          <FieldTable key={mediaType} title={`Request body, ${mediaType}`} fields={fields} />
        ))}
        {responses.map(({ status, bodies: contents }) =>
          contents.map(({ mediaType, fields }) => (
            <FieldTable
              key={status + mediaType}
              title={`Response ${status}, ${mediaType}`}
              fields={fields}
            />
          )),
        )}
        {errors.length > 0 && <Errors errors={errors} />}
      </div>
      <div className="min-w-0 xl:sticky xl:top-16 xl:self-start">
        <CodeExample code={exampleCode(operation, origin)} />
        {isRunnable(operation) && <RunRequest path={path} address={exampleAddress(operation)} />}
      </div>
    </section>
  )
}

/** Only where the response can be shown here: a stream never ends, and an image is not text. */
const isRunnable = ({ method, parameters, responses }: Operation) =>
  method === 'GET' &&
  parameters.every(({ isRequired }) => !isRequired) &&
  responses.some(({ bodies }) => bodies.some(({ mediaType }) => mediaType === 'application/json'))

function Errors({ errors }: { errors: Operation['errors'] }) {
  return (
    <div className="mt-5 text-small">
      <h4 className="font-medium text-n7">Errors</h4>
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4">
        {errors.map(({ status, codes }) => (
          <div key={status} className="contents">
            <dt className="font-mono">{status}</dt>
            <dd className="flex flex-wrap gap-x-3">
              {codes.map((code) => (
                <a
                  key={code}
                  href={`#error-${code}`}
                  className="rounded-sm font-mono text-n8 underline-offset-2 hover:underline"
                >
                  {code}
                </a>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
