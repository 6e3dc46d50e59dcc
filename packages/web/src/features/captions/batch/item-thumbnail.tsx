import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Thumbnail } from '../../../components/thumbnail.tsx'
import type { BatchItem } from './batch-item.ts'

/** The thumbnail of the server once there is one; until then the file, if the browser can show it. */
export function ItemThumbnail({ item, className }: { item: BatchItem; className: string }) {
  const imageId = item.job?.imageId
  const isRefused = item.upload === 'refused'
  const url = useObjectUrl(imageId || isRefused ? undefined : item.file)
  const [broken, setBroken] = useState<string>()

  if (isRefused) {
    return (
      <span className={`grid place-items-center rounded-sm bg-n3 text-n7 ${className}`}>
        <ImageOff size={20} aria-hidden />
      </span>
    )
  }
  if (!url || url === broken) return <Thumbnail imageId={imageId} className={className} />
  return (
    <img
      src={url}
      alt=""
      onError={() => setBroken(url)}
      className={`rounded-sm bg-n3 object-cover ${className}`}
    />
  )
}

/** A local URL of a file while the component is on the screen. */
function useObjectUrl(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return
    const created = URL.createObjectURL(file)
    setUrl(created)
    return () => {
      setUrl(undefined)
      URL.revokeObjectURL(created)
    }
  }, [file])
  return url
}
