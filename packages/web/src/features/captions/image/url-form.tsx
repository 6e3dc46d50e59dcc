import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { inputClass } from '../../../components/field.tsx'

export function UrlForm({ onUrl }: { onUrl: (url: string) => void }) {
  const [url, setUrl] = useState('')
  return (
    <form
      className="flex min-w-0 grow basis-64 gap-2 sm:max-w-96"
      onSubmit={(event) => {
        event.preventDefault()
        if (url.trim() === '') return
        onUrl(url.trim())
        setUrl('')
      }}
    >
      <input
        type="url"
        required
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        placeholder="https://… image"
        aria-label="Address of an image"
        className={inputClass}
      />
      <Button type="submit">Fetch</Button>
    </form>
  )
}
