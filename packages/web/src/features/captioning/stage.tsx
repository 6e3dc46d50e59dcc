type Props = { src: string | undefined; alt: string; name?: string | undefined; isWaiting?: boolean }

/** The picture, as large as the place allows, on plain grey. */
export function Stage({ src, alt, name, isWaiting = false }: Props) {
  return (
    <figure
      aria-label="Picture"
      className="relative grid h-full min-h-72 w-full place-items-center overflow-hidden rounded-md bg-n2 p-2 sm:p-4"
    >
      {src ? (
        <img
          key={src}
          src={src}
          alt={alt}
          className="absolute inset-2 m-auto max-h-[calc(100%-1rem)] max-w-[calc(100%-1rem)] object-contain sm:inset-4 sm:max-h-[calc(100%-2rem)] sm:max-w-[calc(100%-2rem)]"
        />
      ) : (
        <div className={`max-w-full p-6 text-center text-small text-n7 wrap-anywhere ${isWaiting ? 'wait' : ''}`}>
          {name}
        </div>
      )}
    </figure>
  )
}
