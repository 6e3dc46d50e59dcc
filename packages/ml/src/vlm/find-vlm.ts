import { join } from 'node:path'
import { findPulled, listPulled, type PulledRepository } from '../hub/find-pulled.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import { repositoryPaths } from '../hub/repository-paths.ts'
import { findVlmCard } from './vlm-card.ts'
import { listGraphFiles, nameDtypes, type VlmDtypes } from './vlm-dtypes.ts'
import { VlmError } from './vlm-error.ts'
import { type VlmFamily, vlmFamilies } from './vlm-families.ts'

type Folder = Pick<HubSettings, 'folder'>

/** A vision-language model that is on the disk, with all that it needs. */
export type PulledVlm = {
  repository: string
  commit: string
  licence: string | null
  family: VlmFamily
  dtypes: VlmDtypes
  /** Where its files lie. */
  folder: string
  bytes: number
  /** Names the weights: another one may write other texts. */
  version: string
}

/** By the words of the disk, without a network and without reading the files themselves. */
export async function findVlm(
  settings: Folder,
  repository: string,
): Promise<PulledVlm | undefined> {
  const pulled = await findPulled(settings, repository)
  return pulled && (await toVlm(settings, pulled))
}

export async function getVlm(settings: Folder, repository: string): Promise<PulledVlm> {
  const vlm = await findVlm(settings, repository)
  if (vlm) return vlm
  throw new VlmError(
    'not-pulled',
    `The model ${repository} is not in ${settings.folder}, or not all of it. ` +
      `Download it: npx descry models pull ${repository}`,
  )
}

/** `part`: a pull of a model that was broken off. `other`: files that are no vision-language model. */
export type PulledEntry = PulledRepository & {
  kind: 'whole' | 'part' | 'other'
  vlm: PulledVlm | undefined
}

/** All that was pulled to the folder. */
export async function listVlms(settings: Folder): Promise<PulledEntry[]> {
  const all = await listPulled(settings)
  return await Promise.all(
    all.map(async (pulled) => {
      const vlm = await toVlm(settings, pulled)
      const card = vlm ?? (await findVlmCard(vlmCardPath(settings, pulled.repository)))
      return { ...pulled, vlm, kind: vlm ? 'whole' : card ? 'part' : 'other' } as const
    }),
  )
}

export const vlmCardPath = (settings: Folder, repository: string): string =>
  join(repositoryPaths(settings, repository).root, 'vlm.json')

async function toVlm(
  settings: Folder,
  { repository, commit, licence, folder, files }: PulledRepository,
): Promise<PulledVlm | undefined> {
  const card = await findVlmCard(vlmCardPath(settings, repository))
  if (card?.commit !== commit) return undefined
  const { family, dtypes } = card
  const there = new Set(files.map(({ path }) => path))
  const needed = [...vlmFamilies[family].files, ...listGraphFiles(dtypes)]
  if (!needed.every((path) => there.has(path))) return undefined
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const version = `${commit.slice(0, 12)}-${nameDtypes(dtypes)}`
  return { repository, commit, licence, family, dtypes, folder, bytes, version }
}
