import { extname } from 'node:path'

/** What counts as an image when a folder or a glob is searched; the bytes decide later. */
const imageExtensions = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif'] as const

export const hasImageExtension = (path: string): boolean =>
  imageExtensions.some((extension) => extension === extname(path).toLowerCase())
