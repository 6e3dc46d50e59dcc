import { useState } from 'react'

type Props = {
  src: string | undefined
  alt: string
  name?: string | undefined
  isWaiting?: boolean
}

/** An image as large as the space allows, on a plain background. */
export function ImageFrame({ src, alt, name, isWaiting = false }: Props) {
  const [broken, setBroken] = useState<string>()
  return (
    <figure
      aria-label="Image"
      className="relative grid h-full min-h-72 w-full place-items-center overflow-hidden rounded-md bg-n2 p-2 sm:p-4"
    >
      {src && src !== broken ? (
        <img
          key={src}
          src={src}
          alt={alt}
          onError={() => setBroken(src)}
          className="absolute inset-0 size-full object-contain p-2 sm:p-4"
        />
      ) : (
        <div
          className={`max-w-full p-6 text-center text-small text-n7 wrap-anywhere ${isWaiting ? 'pulse' : ''}`}
        >
          {name}
        </div>
      )}
    </figure>
  )
}
