import { useState } from 'react'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import type { Language } from './example-code.ts'

const names = {
  curl: 'curl',
  javascript: 'JavaScript',
  python: 'Python',
} as const satisfies Record<Language, string>
const languages = Object.keys(names) as Language[]

/** An example in three languages, of which one is shown. */
export function CodeExample({ code }: { code: Record<Language, string> }) {
  const [language, setLanguage] = useState<Language>('curl')
  return (
    <div className="overflow-hidden rounded-md border border-n4 bg-n0">
      <div className="flex items-center justify-between border-b border-n4 px-1 py-1">
        <fieldset className="flex" aria-label="Language of the example">
          {languages.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === language}
              onClick={() => setLanguage(each)}
              className="min-h-8 rounded-sm px-2 text-small text-n7 aria-pressed:bg-n3 aria-pressed:text-n9 pointer-coarse:min-h-11"
            >
              {names[each]}
            </button>
          ))}
        </fieldset>
        <CopyButton text={code[language]} label="Copy" what={`${names[language]} example`} />
      </div>
      <CodeBlock text={code[language]} />
    </div>
  )
}
