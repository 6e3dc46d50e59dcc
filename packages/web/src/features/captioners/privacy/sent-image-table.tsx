import type { SentImage } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Thumbnail } from '../../../components/thumbnail.tsx'
import { formatDateTime, formatRecentTime } from '../../../lib/format.ts'

/** Which image was sent, when, by which captioner, to which host. On a phone the last two share a column. */
export function SentImageTable({ images }: { images: readonly SentImage[] }) {
  return (
    <table className="w-full max-w-4xl text-left text-small">
      <caption className="sr-only">Images that left this machine, newest first</caption>
      <thead className="text-n7">
        <tr className="border-b border-n4">
          <th scope="col" className="w-16 py-2 font-medium">
            Image
          </th>
          <th scope="col" className="px-4 py-2 font-medium">
            When
          </th>
          <th scope="col" className="py-2 pr-4 font-medium">
            Captioner<span className="sm:hidden"> and host</span>
          </th>
          <th scope="col" className="hidden py-2 font-medium sm:table-cell">
            Host
          </th>
        </tr>
      </thead>
      <tbody>
        {images.map(({ id, imageId, captioner, host, sentAt }) => (
          <tr key={id} className="border-b border-n3">
            <td className="py-2">
              <Link to="/" search={{ image: imageId }} className="block w-fit rounded-sm">
                <Thumbnail
                  imageId={imageId}
                  alt={`Image ${imageId.slice(0, 6)}`}
                  className="block size-12"
                />
              </Link>
            </td>
            <td className="px-4 py-2 whitespace-nowrap">
              <time dateTime={sentAt} title={formatDateTime(sentAt)}>
                {formatRecentTime(sentAt)}
              </time>
            </td>
            <td className="py-2 pr-4 wrap-anywhere">
              {captioner}
              <span className="block text-n7 sm:hidden">{host}</span>
            </td>
            <td className="hidden py-2 wrap-anywhere sm:table-cell">{host}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
