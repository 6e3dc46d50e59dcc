import { format, parse } from 'node:path'

/** Where the caption of an image is, by the custom of trainers: `photo.jpg` → `photo.txt`. */
export function sidecarPath(imagePath: string): string {
  const { dir, name } = parse(imagePath)
  return format({ dir, name, ext: '.txt' })
}
