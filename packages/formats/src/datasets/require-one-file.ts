import { FormatError } from '../format-error.ts'
import type { DatasetFolder } from './dataset-folder.ts'

/** The file, if there is only one: which of several is meant, nobody could guess. */
export function requireOneFile({ path }: DatasetFolder, files: readonly string[]): string {
  const [file, ...others] = files
  if (file !== undefined && others.length === 0) return file
  const message = `${path} has several of them: ${files.join(', ')}. Leave one in the folder.`
  throw new FormatError('wrong-shape', path, message)
}
