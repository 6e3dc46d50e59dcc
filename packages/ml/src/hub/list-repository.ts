import { type ListFileEntry, listFiles, modelInfo } from '@huggingface/hub'
import { z } from 'zod'
import { checkRepository, checkRevision, isSafePath } from './check-names.ts'
import { HubError } from './hub-error.ts'
import { HubFile } from './hub-file.ts'
import type { HubSettings } from './hub-settings.ts'
import { readEndpoint } from './read-endpoint.ts'
import { readBody, requestHub } from './request-hub.ts'
import { watchForStall } from './watch-for-stall.ts'
import { withRetries } from './with-retries.ts'

export type RepositoryQuery = {
  repository: string
  /** A branch, a tag or a commit. */
  revision?: string | undefined
  signal?: AbortSignal | undefined
}

export type RepositoryListing = {
  commit: string
  files: HubFile[]
  /** The name of the licence as the repository gives it, such as `apache-2.0`. */
  licence: string | null
  /** Must one ask for access? */
  gated: boolean
}

/** What is in a repository, by the hub's word. The revision becomes a commit, which does not move. */
export async function listRepository(
  settings: HubSettings,
  { repository, revision = 'main', signal = new AbortController().signal }: RepositoryQuery,
): Promise<RepositoryListing> {
  checkRepository(repository)
  checkRevision(revision)
  const hubUrl = readEndpoint(settings)
  const hub = { hubUrl, fetch: answerLibrary(settings, { repository, signal }) }
  try {
    const found = await modelInfo({
      name: repository,
      revision,
      additionalFields: ['sha', 'cardData', 'tags'],
      ...hub,
    })
    const { sha: commit, gated, ...about } = Info.parse(found)
    const files: HubFile[] = []
    const repo = { type: 'model', name: repository } as const
    for await (const entry of listFiles({ repo, revision: commit, recursive: true, ...hub })) {
      if (entry.type === 'file') files.push(toHubFile(entry, repository))
    }
    return { commit, files, licence: readLicence(about), gated: Boolean(gated) }
  } catch (cause) {
    if (cause instanceof HubError || signal.aborted) throw cause
    const message = `${hubUrl} did not answer as a hub does when asked for ${repository}. Check the address.`
    throw new HubError('bad-answer', message, { cause })
  }
}

/**
 * What the library makes its requests with. It has no retries, deadlines or typed errors, wants a
 * token to begin with `hf_`, and would send it wherever the link to the next page leads; so it gets
 * no token, and that link is followed at our address only.
 */
function answerLibrary(
  settings: HubSettings,
  { repository, signal }: { repository: string; signal: AbortSignal },
): typeof fetch {
  let pages = 0
  return async (input) => {
    if (pages++ === MAX_PAGES) {
      throw new HubError('bad-answer', `The list of the files of ${repository} has no end.`)
    }
    const { pathname, search } = new URL(String(input))
    const url = readEndpoint(settings) + pathname.slice(pathname.indexOf('/api/models/')) + search
    return await withRetries(settings, signal, async () => {
      using silence = watchForStall(settings, signal)
      const response = await requestHub(settings, { url, repository, silence })
      const chunks: Uint8Array[] = []
      for await (const chunk of readBody(response, silence)) chunks.push(chunk)
      const link = response.headers.get('link')
      return new Response(Buffer.concat(chunks), {
        headers: link ? { link: spell(link, url) } : {},
      })
    })
  }
}

/** The library sees the next page only in this spelling; a relative address ended its list in silence. */
function spell(link: string, base: string): string {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link)?.[1]
  return next === undefined ? '' : `<${new URL(next, base)}>; rel="next"`
}

/** A page has a thousand files. */
const MAX_PAGES = 200

function toHubFile({ path, size, oid, lfs }: ListFileEntry, repository: string): HubFile {
  if (!isSafePath(path)) {
    const message = `${repository} has a file that would lie outside of its folder: ${JSON.stringify(path)}. It is not safe to pull.`
    throw new HubError('bad-answer', message)
  }
  const hashes = lfs ? { sha256: lfs.oid, gitSha1: null } : { sha256: null, gitSha1: oid ?? null }
  return HubFile.parse({ path, size, ...hashes })
}

const Words = z.union([z.string(), z.array(z.string())]).nullish()

/** The part of the answer that we read. */
const Info = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  gated: z.union([z.boolean(), z.string()]).nullish(),
  cardData: z.object({ license: Words, license_name: Words }).nullish(),
  tags: z.array(z.string()).nullish(),
})

/** The card of a model with its own licence says `other`, and its name beside it. */
function readLicence({ cardData, tags }: Pick<z.infer<typeof Info>, 'cardData' | 'tags'>) {
  const tag = tags?.find((name) => name.startsWith('license:'))?.slice('license:'.length)
  const named = cardData?.license === 'other' ? cardData.license_name : undefined
  return [named ?? cardData?.license ?? tag ?? []].flat().join(', ') || null
}
