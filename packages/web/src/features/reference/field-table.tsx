import type { Field } from './schema-fields.ts'

type Props = { title: string; fields: readonly (Field & { place?: string })[] }

/** Names, types and descriptions. Nested fields are indented below their parent. */
export function FieldTable({ title, fields }: Props) {
  if (fields.length === 0) return null
  return (
    <div className="mt-5">
      <h4 className="text-small font-medium text-n7">{title}</h4>
      <dl className="mt-1">
        {fields.map(({ name, type, isRequired, description, depth, place }, index) => (
          <div
            key={index}
            className="border-b border-n3 py-1.5 text-small"
            style={{ paddingLeft: depth * 20 }}
          >
            <dt className="wrap-anywhere">
              <code className="font-mono font-medium">{name}</code>{' '}
              <span className="text-n7">
                {type}
                {place && `, in ${place}`}
                {isRequired && ', required'}
              </span>
            </dt>
            {description && (
              <dd className="measure text-n8">
                <WithCode text={description} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Shows what a description has between backticks as code. */
export function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={`${index} ${part}`} className="font-mono">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
