import { type VlmFamily, vlmFamilies } from '@descry/ml'
import { knownVlms, nameDtypes, type PulledEntry } from '@descry/ml/vlm'

export type ListedModel = {
  repository: string
  /** Null: files of something else, such as the backbone of a captioner. */
  family: VlmFamily | null
  styles: readonly string[]
  licence: string | null
  about: string | null
  /** Of a download, roughly; null where that is not known. */
  megabytes: number | null
  pulled: {
    whole: boolean
    commit: string
    dtypes: string | null
    bytes: number
    folder: string
  } | null
}

/** The known models in their order, and behind them what else was pulled. */
export function toListing(entries: readonly PulledEntry[]): ListedModel[] {
  const byName = new Map(entries.map((entry) => [entry.repository, entry]))
  const known = knownVlms.map(({ repository, family, licence, about, megabytes }) => {
    const entry = byName.get(repository)
    byName.delete(repository)
    const listed = { repository, family, licence: entry?.licence ?? licence, about, megabytes }
    return { ...listed, styles: vlmFamilies[family].styles, pulled: entry ? toPulled(entry) : null }
  })
  const others = [...byName.values()].map((entry) => {
    const { repository, licence, vlm } = entry
    const family = vlm?.family ?? null
    const styles = family ? vlmFamilies[family].styles : []
    return {
      repository,
      family,
      licence,
      styles,
      about: null,
      megabytes: null,
      pulled: toPulled(entry),
    }
  })
  return [...known, ...others]
}

const toPulled = ({ kind, commit, vlm, files, folder }: PulledEntry) => ({
  whole: kind !== 'part',
  commit,
  dtypes: vlm ? nameDtypes(vlm.dtypes) : null,
  bytes: files.reduce((sum, { size }) => sum + size, 0),
  folder,
})
