/** The name of an uploaded file as people know it, or null: senders may put paths and control characters there. */
export function toFileName(path: string | undefined): string | null {
  const last = path?.split(/[\\/]/).at(-1) ?? ''
  const visible = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
  const name = [...visible].slice(0, MAX_LENGTH).join('')
  return ['', '.', '..'].includes(name) ? null : name
}

/** The last part of an address, if it has one. */
export function fileNameOfUrl(url: string): string | null {
  const path = URL.parse(url)?.pathname ?? ''
  try {
    return toFileName(decodeURIComponent(path))
  } catch {
    return toFileName(path) // with a % that encodes nothing
  }
}

/** What common file systems allow. */
const MAX_LENGTH = 255
