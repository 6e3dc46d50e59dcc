import { readFile, stat } from 'node:fs/promises'
import { FormatError } from './format-error.ts'
import { sidecarPath } from './sidecar-path.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** What to do with a caption that is there already. */
export type ExistingSidecar = 'skip' | 'append' | 'replace'
export type SidecarOutcome = 'written' | 'skipped' | 'appended' | 'replaced'

/** The caption beside an image, without byte order mark and outer white space; empty counts as none. */
export const readSidecar = async (imagePath: string): Promise<string | undefined> =>
  readTextFile(await findSidecar(imagePath))

/** The same of a text file by its own name. */
export async function readTextFile(path: string): Promise<string | undefined> {
  const bytes = await readIfThere(path)
  if (!bytes) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    return text === '' ? undefined : text
  } catch (error) {
    const message = `${path} is not UTF-8, so it was left as it is. Save it as UTF-8, or replace it.`
    throw new FormatError('invalid-utf8', path, message, { cause: error })
  }
}

/** Writes a caption beside its image: UTF-8, one line, whole or not at all. */
export async function writeSidecar(
  imagePath: string,
  caption: string,
  { existing }: { existing: ExistingSidecar },
): Promise<SidecarOutcome> {
  const path = await findSidecar(imagePath)
  const line = toOneLine(caption)
  if (line === '') {
    throw new FormatError('empty-caption', path, `The caption for ${imagePath} is empty.`)
  }
  if (existing === 'replace') {
    const outcome = (await hasContent(path)) ? 'replaced' : 'written'
    await writeFileAtomically(path, line)
    return outcome
  }
  const before = await readSidecar(imagePath)
  if (before !== undefined && existing === 'skip') return 'skipped'
  await writeFileAtomically(path, before === undefined ? line : join(toOneLine(before), line))
  return before === undefined ? 'written' : 'appended'
}

/** What is stored of a caption: line breaks become spaces, half surrogate pairs U+FFFD. */
export const toOneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\u0085]+/g, (gap) => (/[\n\v\f\r\u0085\u2028\u2029]/.test(gap) ? ' ' : gap))
    .trim()

/** Sentences follow each other; anything else becomes a list, as tags are. */
const join = (before: string, added: string) =>
  /[.!?…,;:]$/.test(before) ? `${before} ${added}` : `${before}, ${added}`

/** The text file of an image; where there is only one in capitals (`A.TXT`), that one. */
async function findSidecar(imagePath: string): Promise<string> {
  const path = sidecarPath(imagePath)
  const inCapitals = path.replace(/\.txt$/, '.TXT')
  return !(await isThere(path)) && (await isThere(inCapitals)) ? inCapitals : path
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false, // opening it will say what is wrong, if anything
  )

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new FormatError('unreadable', path, `${path} cannot be read (${code}).`, { cause: error })
  }
}

async function hasContent(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined) // writing will say what is wrong, if anything
  return found !== undefined && found.size > 0
}
