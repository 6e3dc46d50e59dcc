/** What the tests read of Descry's answers. */
export type Job = {
  id: string
  status: string
  attempts: number
  interruptions: number
  imageId: string
  captionIds: string[]
  error: { code: string; message: string } | null
}
export type Caption = { id: string; imageId: string; style: string; jobId: string | null }
export type Answer<Body> = { status: number; body: Body; ms: number }
type Page<Item> = { items: Item[]; next: string | null }
type Failure = { error: { code: string; message: string } }
type Health = {
  ready: boolean
  checks: Record<string, { ok: boolean; reason: string | null }>
  workers: { id: string; pid: number; running: number }[]
}

type Options = { styles?: string; withinMs?: number }

export const submitJob = (url: string, image: Buffer, options: Options = {}) =>
  post<Job & Failure>(`${url}/api/jobs/captions`, image, options)

export const caption = (url: string, image: Buffer, options: Options = {}) =>
  post<{ image: { id: string }; captions: Caption[] } & Failure>(
    `${url}/api/captions`,
    image,
    options,
  )

export const getHealth = (url: string) => ask<Health>(`${url}/api/health`)

export const getJob = async (url: string, id: string): Promise<Job> => {
  const { status, body } = await ask<Job>(`${url}/api/jobs/${id}`)
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return body
}

export const listJobs = (url: string) => listAll<Job>(`${url}/api/jobs?limit=100`)

export const listCaptions = (url: string, imageId?: string) =>
  listAll<Caption>(`${url}/api/captions?limit=100${imageId ? `&imageId=${imageId}` : ''}`)

export async function ask<Body>(url: string, init: RequestInit = {}): Promise<Answer<Body>> {
  const begun = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000), ...init })
  const body = (await response.json()) as Body
  return { status: response.status, body, ms: performance.now() - begun }
}

function post<Body>(url: string, image: Buffer, { styles, withinMs = 60_000 }: Options) {
  const form = new FormData()
  if (styles) form.append('styles', styles)
  form.append('file', new Blob([new Uint8Array(image)]), 'picture.jpg')
  return ask<Body>(url, { method: 'POST', body: form, signal: AbortSignal.timeout(withinMs) })
}

async function listAll<Item>(url: string): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Answer<Page<Item>> = await ask(cursor ? `${url}&cursor=${cursor}` : url)
    items.push(...page.body.items)
    cursor = page.body.next
  }
  return items
}
