import type { SessionOptions } from './messages.ts'
import type { Runtime } from './runtime.ts'
import { RuntimeFailure } from './runtime-failure.ts'
import type { Session } from './session.ts'

export type SessionCache = {
  /**
   * Works with the session of `key`, compiled from what `build` returns unless it is there. Whoever
   * asks for a key that is being compiled waits for it. Sessions in use are never disposed.
   */
  use<Result>(
    key: string,
    build: () => Uint8Array | Promise<Uint8Array>,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result>
  /** Disposes all sessions, those in use when their work is done. */
  dispose(): Promise<void>
}

/**
 * Compiled graphs by key, such as the sizes of a batch. Beyond `maxSessions`, the one that was used least
 * recently is disposed; while more are in use at once, there are more.
 */
export function createSessionCache(
  runtime: Pick<Runtime, 'openSession'>,
  { maxSessions, options = {} }: { maxSessions: number; options?: SessionOptions },
): SessionCache {
  /** Least recently used first. */
  const entries = new Map<string, Entry>()
  let disposed = false

  return {
    async use(key, build, work) {
      if (disposed)
        throw new RuntimeFailure('disposed', 'The cache of sessions was disposed before.')
      const entry = entries.get(key) ?? { session: compile(build), users: 0 }
      entries.delete(key)
      entries.set(key, entry)
      entry.users++
      try {
        return await work(await keepOnlyIfCompiled(key, entry))
      } finally {
        entry.users--
        await shrink()
      }
    },
    async dispose() {
      disposed = true
      await shrink()
    },
  }

  async function compile(build: () => Uint8Array | Promise<Uint8Array>): Promise<Session> {
    return runtime.openSession(await build(), options)
  }

  /** The next one to ask tries again. */
  async function keepOnlyIfCompiled(key: string, entry: Entry): Promise<Session> {
    try {
      return await entry.session
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key)
      throw error
    }
  }

  async function shrink(): Promise<void> {
    for (const [key, { session, users }] of entries) {
      if (entries.size <= (disposed ? 0 : maxSessions)) return
      if (users > 0) continue
      entries.delete(key)
      await (await session).dispose()
    }
  }
}

type Entry = { session: Promise<Session>; users: number }
