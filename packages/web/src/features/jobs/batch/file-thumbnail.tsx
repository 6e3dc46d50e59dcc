import { useEffect, useState } from 'react'
import { Thumbnail } from '../../../components/thumbnail.tsx'

/** A file that the server does not have yet, as far as the browser can show it. */
export function FileThumbnail({ file, className }: { file: File; className: string }) {
  const url = useObjectUrl(file)
  const [broken, setBroken] = useState<string>()
  if (!url || url === broken) return <Thumbnail imageId={undefined} className={className} />
  return (
    <img
      src={url}
      alt=""
      onError={() => setBroken(url)}
      className={`shrink-0 rounded-sm bg-n3 object-cover ${className}`}
    />
  )
}

/** A local URL of a file while the component is on the screen. */
function useObjectUrl(file: File): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const created = URL.createObjectURL(file)
    setUrl(created)
    return () => {
      setUrl(undefined)
      URL.revokeObjectURL(created)
    }
  }, [file])
  return url
}
