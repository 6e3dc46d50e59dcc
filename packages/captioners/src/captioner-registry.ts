import type { CaptionerSettings } from '@descry/contract'
import type { Captioner, Captioners } from './captioner/captioner.ts'

/** A captioner that people set up, as it is stored; `key` opens its sealed key. */
export type StoredCaptioner = {
  name: string
  /** Undefined: another version of Descry wrote them. */
  settings: CaptionerSettings | undefined
  key: (() => Promise<string>) | undefined
  updatedAt: Date
}

type Listed = {
  captioners: Captioners
  /** Of each that was set up and cannot be asked: why, and how to fix it. */
  problems: ReadonlyMap<string, string>
}

export type CaptionerRegistry = {
  /** In the order of preference: those that people set up, in the order they did, then the others. */
  of(organizationId: string): Promise<Listed>
  /** Looks again the next time: something was set up or removed. */
  forget(organizationId: string): void
  dispose(): Promise<void>
}

type Options = {
  /** There for everyone: from the environment, the built-in one, `basic`. */
  common: Captioners
  load: (organizationId: string) => Promise<StoredCaptioner[]>
  build: (settings: CaptionerSettings, key: string | undefined) => Promise<Captioner>
}

/**
 * The captioners of each organization, built when they are first asked for and kept until their settings
 * change. Other processes notice a change within five seconds.
 */
export function captionerRegistry({ common, load, build }: Options): CaptionerRegistry {
  const known = new Map<string, Known>()
  const retired = new Set<Captioner>()

  async function look(organizationId: string, before: Known | undefined): Promise<Known> {
    const built = new Map<string, Built>()
    const stored = await load(organizationId)
    for (const one of stored.filter(({ settings }) => settings?.enabled !== false)) {
      const { name } = one
      const old = before?.built.get(name)
      const isSame = old?.updatedAt.getTime() === one.updatedAt.getTime()
      built.set(name, isSame && old.captioner ? old : await tryToBuild(one))
    }
    for (const [name, old] of before?.built ?? []) {
      if (built.get(name) !== old && old.captioner) retire(old.captioner)
    }
    return { built, listed: toListed(built, common), lookedAt: performance.now() }
  }

  /** Captions that were planned with it still come: it goes when they are long over. */
  function retire(captioner: Captioner): void {
    retired.add(captioner)
    const end = () => {
      if (retired.delete(captioner)) captioner.dispose?.().catch(() => {})
    }
    setTimeout(end, RETIREMENT_MS).unref()
  }

  async function tryToBuild({ settings, key, updatedAt }: StoredCaptioner): Promise<Built> {
    if (!settings) return { captioner: undefined, problem: FOREIGN, updatedAt }
    try {
      return { captioner: await build(settings, await key?.()), updatedAt }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return { captioner: undefined, problem: error.message, updatedAt }
    }
  }

  const looking = new Map<string, Look>()
  function refresh(organizationId: string): Promise<Known> {
    const running = looking.get(organizationId)
    if (running && !running.outdated) return running.found
    const next: Look = { outdated: false, found: lookAfter(running, organizationId) }
    const ended = () => {
      if (looking.get(organizationId) === next) looking.delete(organizationId)
    }
    next.found.then(ended, ended)
    looking.set(organizationId, next)
    return next.found
  }

  /** What a look found that began before a change is not what there is; one after the other, for both build. */
  async function lookAfter(running: Look | undefined, organizationId: string): Promise<Known> {
    await running?.found.catch(() => {})
    const mine = looking.get(organizationId)
    const found = await look(organizationId, known.get(organizationId))
    if (mine?.outdated) found.lookedAt = Number.NEGATIVE_INFINITY
    known.set(organizationId, found)
    return found
  }

  return {
    async of(organizationId) {
      const found = known.get(organizationId)
      const isFresh = found && performance.now() - found.lookedAt < FRESH_MS
      const isChanging = looking.get(organizationId)?.outdated === true
      return (isFresh && !isChanging ? found : await refresh(organizationId)).listed
    },
    forget(organizationId) {
      const found = known.get(organizationId)
      if (found) found.lookedAt = Number.NEGATIVE_INFINITY
      const running = looking.get(organizationId)
      if (running) running.outdated = true
    },
    async dispose() {
      const all = [...known.values()].flatMap(({ built }) => [...built.values()])
      const captioners = all.flatMap(({ captioner }) => captioner ?? [])
      const gone = [...retired]
      retired.clear()
      await Promise.all(
        [...common, ...captioners, ...gone].map((captioner) => captioner.dispose?.()),
      )
    },
  }
}

type Built = { captioner: Captioner | undefined; problem?: string; updatedAt: Date }
type Known = { built: Map<string, Built>; listed: Listed; lookedAt: number }

/** `outdated`: something was changed since it began. */
type Look = { found: Promise<Known>; outdated: boolean }

const FOREIGN = 'It was set up by another version of Descry. Set it up again.'

const FRESH_MS = 5000
/** As long as a chain may take. */
const RETIREMENT_MS = 3_600_000

function toListed(built: ReadonlyMap<string, Built>, common: Captioners): Listed {
  const own = [...built.values()].flatMap(({ captioner }) => captioner ?? [])
  const problems = [...built].flatMap(([name, { problem }]) =>
    problem === undefined ? [] : [[name, problem] as const],
  )
  const others = common.filter(({ name }) => !built.has(name))
  return { captioners: [...own, ...others], problems: new Map(problems) }
}
