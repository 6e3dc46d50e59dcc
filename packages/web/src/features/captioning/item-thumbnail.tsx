import { ImageOff } from 'lucide-react'
import { Thumbnail } from '../../components/thumbnail.tsx'
import type { BatchItem } from './batch-item.ts'
import { useObjectUrl } from './use-object-url.ts'

/** The server's thumbnail once there is one; until then the file itself. */
export function ItemThumbnail({ item, className }: { item: BatchItem; className: string }) {
  const imageId = item.job?.imageId
  const isShowable = !imageId && item.upload !== 'refused'
  const url = useObjectUrl(isShowable ? item.file : undefined)
  if (item.upload === 'refused') {
    return (
      <span className={`grid place-items-center rounded-sm bg-n3 text-n7 ${className}`}>
        <ImageOff size={20} aria-hidden />
      </span>
    )
  }
  if (!url) return <Thumbnail imageId={imageId} className={className} />
  return <img src={url} alt="" className={`rounded-sm bg-n3 object-cover ${className}`} />
}
