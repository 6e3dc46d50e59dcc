import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPulled } from '../hub/find-pulled.ts'
import type { HubFile } from '../hub/hub-file.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import { findManifest, type Manifest } from '../hub/manifest.ts'
import { type PullRequest, pullFiles } from '../hub/pull-files.ts'
import { repositoryPaths } from '../hub/repository-paths.ts'
import { checkDiskSpace } from './check-disk-space.ts'
import { chooseDtypes, type RequestedDtypes } from './choose-dtypes.ts'
import { getVlm, type PulledVlm, vlmCardPath } from './find-vlm.ts'
import { readFamily } from './read-family.ts'
import { findVlmCard, writeVlmCard } from './vlm-card.ts'
import { listGraphFiles } from './vlm-dtypes.ts'
import { vlmFamilies } from './vlm-families.ts'

export type VlmPull = Pick<PullRequest, 'repository' | 'revision' | 'signal' | 'onProgress'> &
  RequestedDtypes & {
    /** Asks whether the revision has moved on. Otherwise what was pulled once keeps its commit. */
    update?: boolean | undefined
    /** Told before the large files come. */
    onStart?: ((start: VlmPullStart) => void) | undefined
    /** Bytes that the disk of a folder has left. */
    measureFree?: (folder: string) => Promise<number>
  }

export type VlmPullStart = {
  licence: string | null
  commit: string
  /** Of what is not there yet. */
  bytes: number
}

/**
 * Downloads a vision-language model: first the small files that say what it is, then its graphs. What is
 * there is hashed, and repaired where it is damaged; what is not said stays as it was pulled before.
 */
export async function pullVlm(
  settings: HubSettings,
  { repository, signal, onProgress, dtype, onStart, measureFree, ...query }: VlmPull,
): Promise<PulledVlm> {
  const pulled = await findPulled(settings, repository).catch(() => undefined) // is written anew
  const revision = query.revision ?? pulled?.revision
  const pull = { repository, revision, signal, verify: true }
  const about = { ...pull, refresh: query.update, paths: ['config.json'] }
  const { folder } = await pullFiles(settings, about)
  const family = readFamily(await readFile(join(folder, 'config.json'), 'utf8'), repository)

  const manifest = await findManifest(repositoryPaths(settings, repository).manifest)
  const { files, commit, licence } = manifest!
  const card = vlmCardPath(settings, repository)
  const before = await findVlmCard(card).catch(() => undefined) // is written anew
  const dtypes = chooseDtypes(files, { repository, family, before, dtype })
  const selection = selectFiles([...vlmFamilies[family].files, ...listGraphFiles(dtypes)])
  const bytes = sumMissing(manifest!, selection)
  await checkDiskSpace(settings.folder, bytes, measureFree)
  onStart?.({ licence, commit, bytes })

  await writeVlmCard(card, { commit, family, dtypes }) // first: another pull continues with the same
  await pullFiles(settings, { ...pull, ...selection, onProgress })
  return await getVlm(settings, repository)
}

type Selection = { paths: readonly string[]; filter: (file: HubFile) => boolean }

/** Weights of large graphs lie beside them, in files called `….onnx_data`, `….onnx_data_1`, … */
function selectFiles(paths: readonly string[]): Selection {
  const graphs = paths.filter((path) => path.endsWith('.onnx'))
  return {
    paths,
    filter: ({ path }) =>
      OPTIONAL_FILES.test(path) || graphs.some((graph) => path.startsWith(`${graph}_data`)),
  }
}

/** What the loader reads where it is there, and the licence for those who look for it later. */
const OPTIONAL_FILES = /^(generation_config\.json|chat_template\.(json|jinja)|licen[cs]e[^/]*)$/i

const sumMissing = ({ files }: Manifest, { paths, filter }: Selection): number =>
  files
    .filter((file) => file.pulledAt === null && (paths.includes(file.path) || filter(file)))
    .reduce((sum, { size }) => sum + size, 0)
