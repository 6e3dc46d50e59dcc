import { Search } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { inputClass } from '../../components/field.tsx'

type Props = {
  value: string
  onSearch: (value: string) => void
  inputRef: RefObject<HTMLInputElement | null>
}

const TYPING_PAUSE_MS = 200

/** Searches while someone types, after a short pause. */
export function HistorySearch({ value, onSearch, inputRef }: Props) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onSearch(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])

  return (
    <search className="relative block w-full sm:max-w-96">
      <Search size={16} aria-hidden className="absolute top-1/2 left-3 -translate-y-1/2 text-n7" />
      <input
        ref={inputRef}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Search captions"
        aria-label="Search captions"
        className={`${inputClass} pr-2 pl-9`}
      />
    </search>
  )
}
