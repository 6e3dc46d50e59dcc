import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { Thumbnail } from '../../../components/thumbnail.tsx'
import type { BatchItem } from './batch-item.ts'
import { useObjectUrl } from './use-object-url.ts'

/** The server's thumbnail once there is one; until then the file, if this browser can show it. */
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
