import { Limits } from '@descry/contract'

type Props = {
  label: string
  hint: string | undefined
  /** Media types, one a line. */
  value: string
  onChange: (value: string) => void
}

const formats = Limits.shape.formats.unwrap().element.options

/** As which formats a captioner takes images. */
export function FormatChoice({ label, hint, value, onChange }: Props) {
  const chosen = value.split('\n')
  return (
    <fieldset className="col-span-full flex flex-col gap-1.5">
      <legend className="mb-1.5 text-small font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {formats.map((format) => (
          <label
            key={format}
            className="inline-flex min-h-9 cursor-pointer items-center gap-2 text-small pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={chosen.includes(format)}
              onChange={() =>
                onChange(
                  formats.filter((each) => (each === format) !== chosen.includes(each)).join('\n'),
                )
              }
              className="accent-ink"
            />
            {format.replace('image/', '').toUpperCase()}
          </label>
        ))}
      </div>
      {hint && <p className="text-small text-n7">{hint}</p>}
    </fieldset>
  )
}
