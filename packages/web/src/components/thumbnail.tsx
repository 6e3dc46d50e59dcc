import { ImageOff } from 'lucide-react'
import { useState } from 'react'

type Props = { imageId: string | undefined; className: string; alt?: string }

/** A small square of an image. It is decorative, and needs no `alt`, next to the caption. */
export function Thumbnail({ imageId, className, alt = '' }: Props) {
  const [failed, setFailed] = useState(false)
  if (!imageId || failed) {
    return (
      <span className={`grid place-items-center rounded-sm bg-n3 text-n6 ${className}`}>
        {failed && <ImageOff size={20} role="img" aria-label="The image could not be loaded" />}
      </span>
    )
  }
  return (
    <img
      src={`/api/images/${imageId}/thumbnail`}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(true)}
      className={`rounded-sm bg-n3 object-cover ${className}`}
    />
  )
}
