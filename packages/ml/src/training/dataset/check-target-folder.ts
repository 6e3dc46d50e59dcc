import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError } from './data-error.ts'
import { cardFormat } from './dataset-card.ts'
import { pathExists } from './write-folder-atomically.ts'

/** Only a prepared dataset or an empty folder is replaced, so that a wrong --to costs nothing. */
export async function checkTargetFolder(
  to: string,
  { replace }: { replace: boolean },
): Promise<void> {
  if (!(await pathExists(to))) return
  if (!replace) {
    throw new DataError(`${to} is there already. Name another folder, or say --replace.`)
  }
  if (await isPrepared(to)) return refuseStrangers(to)
  if (await isEmpty(to)) return
  throw new DataError(
    `${to} is there and is no prepared dataset, so it is not replaced. Name another folder, or remove it yourself.`,
  )
}

/** What else lies in a prepared dataset would go with it: a run, for instance. */
async function refuseStrangers(to: string): Promise<void> {
  const strangers = (await readdir(to)).filter((name) => !PARTS.has(name))
  if (strangers.length === 0) return
  throw new DataError(
    `${to} holds more than a prepared dataset (${strangers.slice(0, 3).join(', ')}), so it is not ` +
      'replaced. Move that away first, or name another folder.',
  )
}

const PARTS = new Set(['dataset.json', 'captions.jsonl', 'pixels.rgb', 'features', 'also'])

async function isPrepared(folder: string): Promise<boolean> {
  try {
    const card: unknown = JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))
    return (
      typeof card === 'object' && card !== null && 'format' in card && card.format === cardFormat
    )
  } catch {
    return false // no card, or one that nobody can read
  }
}

const isEmpty = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch(() => ['unreadable'])).length === 0
