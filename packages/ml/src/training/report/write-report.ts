import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readEpochs } from './read-epochs.ts'
import { readModel } from './read-model.ts'
import { toReportPage } from './report-page.ts'

/** `report.html` from `curves.jsonl` and `model.json`: a page that needs nothing else. */
export async function writeReport(folder: string): Promise<void> {
  const epochs = readEpochs(await readIfThere(join(folder, 'curves.jsonl')))
  if (epochs.length === 0) return
  const model = readModel(await readIfThere(join(folder, 'model.json')))
  await replaceFile(folder, toReportPage({ name: basename(resolve(folder)), epochs, model }))
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

/** Someone who looks while it is written sees the page before or the page after, never half of one. */
async function replaceFile(folder: string, page: string): Promise<void> {
  const draft = join(folder, `.report.html.${randomUUID()}.tmp`)
  try {
    await writeFile(draft, page, { flush: true })
    await rename(draft, join(folder, 'report.html'))
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {}) // the first error is the one that matters
    throw error
  }
}
