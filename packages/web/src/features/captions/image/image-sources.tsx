import { Camera, FolderOpen } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { inputClass } from '../../../components/field.tsx'

type Props = {
  pickerRef: RefObject<HTMLInputElement | null>
  onFiles: (files: File[]) => void
  onUrl: (url: string) => void
  variant: 'primary' | 'secondary'
}

/** The ways to add images besides dropping and pasting: files, the camera of a phone, an address. */
export function ImageSources({ pickerRef, onFiles, onUrl, variant }: Props) {
  const cameraRef = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    onFiles([...(input.files ?? [])])
    input.value = '' // so that choosing the same file again counts as a change
  }
  return (
    <div
      className={`flex min-w-0 flex-wrap items-center gap-2 ${variant === 'primary' ? 'justify-center' : ''}`}
    >
      <input
        ref={pickerRef}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label="Images"
        onChange={({ currentTarget }) => take(currentTarget)}
      />
      <input
        ref={cameraRef}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label="Photo"
        onChange={({ currentTarget }) => take(currentTarget)}
      />
      <Button
        variant="secondary"
        className="pointer-fine:hidden"
        onClick={() => cameraRef.current?.click()}
      >
        <Camera size={16} aria-hidden />
        Take a photo
      </Button>
      <Button variant={variant} onClick={() => pickerRef.current?.click()}>
        <FolderOpen size={16} aria-hidden />
        Choose images
      </Button>
      <UrlForm onUrl={onUrl} />
    </div>
  )
}

function UrlForm({ onUrl }: { onUrl: (url: string) => void }) {
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
        placeholder="https://…"
        aria-label="Address of an image"
        className={inputClass}
      />
      <Button type="submit">Fetch</Button>
    </form>
  )
}
