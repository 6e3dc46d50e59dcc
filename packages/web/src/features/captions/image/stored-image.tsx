import { useQuery } from '@tanstack/react-query'
import { useServices } from '../../../lib/services/services.ts'
import { useStore } from '../../../lib/store.ts'
import { useCaptionSession } from '../caption-session.ts'
import { imageFileUrl, imageQuery } from '../requests/get-image.ts'
import { ImageFrame } from './image-frame.tsx'

/** An image that the server keeps. */
export function StoredImage({ imageId }: { imageId: string }) {
  const { client } = useServices()
  const { request } = useCaptionSession()
  const preview = useStore(request.preview)
  const { data: image, isError } = useQuery(imageQuery(client, imageId))

  if (isError)
    return <ImageFrame src={undefined} alt="" name="There is no image at this address." />
  const src = preview?.imageId === imageId ? preview.url : (image?.fileUrl ?? imageFileUrl(imageId))
  const size = image && `${image.width} × ${image.height} pixels`
  return <ImageFrame src={src} alt={size ? `The image, ${size}` : 'The image'} />
}
