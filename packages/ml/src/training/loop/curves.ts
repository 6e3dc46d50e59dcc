import { appendFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TrainingError } from '../training-error.ts'

/** One line of `curves.jsonl`. */
export async function appendCurves(folder: string, report: { epoch: number }): Promise<void> {
  await appendFile(fileOf(folder), `${JSON.stringify(report)}\n`).catch((cause) => {
    throw notWritten(folder, cause)
  })
}

/** Takes away what a killed run wrote of epochs behind its checkpoint, and a line that is not whole. */
export async function cutCurves(folder: string, epoch: number): Promise<void> {
  const text = await readFile(fileOf(folder), 'utf8').catch(() => '')
  const kept = text
    .split('\n')
    .filter((line) => epochOf(line) <= epoch)
    .map((line) => `${line}\n`)
    .join('')
  if (kept === text) return
  try {
    const draft = join(folder, '.curves.tmp')
    await writeFile(draft, kept)
    await rename(draft, fileOf(folder))
  } catch (cause) {
    throw notWritten(folder, cause)
  }
}

const fileOf = (folder: string) => join(folder, 'curves.jsonl')

function epochOf(line: string): number {
  try {
    const { epoch } = JSON.parse(line)
    return typeof epoch === 'number' ? epoch : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

const notWritten = (folder: string, cause: unknown) =>
  new TrainingError(
    `The curves in ${folder} could not be written (${(cause as NodeJS.ErrnoException).code}). Its checkpoint is unharmed; continue with --resume.`,
    { cause },
  )
