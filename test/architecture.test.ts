import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Who may import whom, lowest room first. A room sees only rooms above it in this list, so there are
 * no cycles. Rooms are packages, and the folders of those packages that have several.
 */
const rooms: Record<string, string[]> = {
  contract: [],
  formats: [],
  'ml/random': [],
  'ml/hash-bytes': [],
  'ml/image': ['ml/hash-bytes'],
  'ml/metrics': [],
  'ml/words': ['ml/metrics'],
  'ml/graph': [],
  'ml/tokenizer': [],
  'ml/decode': ['ml/random'],
  'ml/runtime': [],
  'ml/models': ['ml/hash-bytes', 'ml/graph', 'ml/random', 'ml/image', 'ml/tokenizer', 'ml/decode'],
  'ml/hub': [],
  'ml/options': [],
  'ml/backbone': [
    'ml/hash-bytes',
    'ml/graph',
    'ml/image',
    'ml/runtime',
    'ml/models',
    'ml/hub',
    'ml/options',
  ],
  'ml/vlm': ['ml/image', 'ml/runtime', 'ml/hub'],
  'ml/inference': [
    'ml/random',
    'ml/image',
    'ml/words',
    'ml/graph',
    'ml/tokenizer',
    'ml/decode',
    'ml/runtime',
    'ml/models',
    'ml/backbone',
  ],
  'ml/training': [
    'formats',
    'ml/random',
    'ml/hash-bytes',
    'ml/image',
    'ml/metrics',
    'ml/words',
    'ml/graph',
    'ml/tokenizer',
    'ml/decode',
    'ml/runtime',
    'ml/models',
    'ml/hub',
    'ml/options',
    'ml/backbone',
    'ml/inference',
  ],
  'captioners/captioner': ['contract'],
  'captioners/prompts': ['contract'],
  'captioners/quality': ['contract', 'captioners/captioner'],
  'captioners/http': ['contract', 'ml', 'captioners/captioner'],
  'captioners/providers': ['contract', 'captioners/captioner', 'captioners/http'],
  'captioners/local': ['contract', 'ml', 'captioners/captioner'],
  'captioners/chain': ['contract', 'ml', 'captioners/captioner', 'captioners/quality'],
  'captioners/plan': ['contract', 'captioners/captioner', 'captioners/chain'],
  'captioners/build': [
    'contract',
    'ml',
    'captioners/captioner',
    'captioners/prompts',
    'captioners/quality',
    'captioners/http',
    'captioners/providers',
    'captioners/local',
    'captioners/chain',
  ],
  'server/config': ['captioners'],
  'server/errors': ['contract', 'ml'],
  'server/files': [],
  'server/postgres': [],
  'server/db': ['contract', 'server/errors', 'server/config', 'server/files', 'server/postgres'],
  'server/access': ['contract', 'server/errors', 'server/db'],
  'server/to-app-error': ['contract', 'captioners', 'ml', 'server/errors'],
  'server/secrets': ['server/config', 'server/errors', 'server/files'],
  'server/blobs': ['server/errors', 'server/files'],
  'server/fetching': ['captioners', 'server/errors'],
  'server/queue': ['contract', 'server/db'],
  'server/events': ['contract', 'server/db', 'server/queue', 'server/deps', 'server/access'],
  'server/deps': [
    'contract',
    'ml',
    'server/config',
    'server/db',
    'server/blobs',
    'server/queue',
    'captioners',
    'server/secrets',
    'server/events',
  ],
  'server/captioners': [
    'contract',
    'captioners',
    'ml',
    'server/errors',
    'server/db',
    'server/deps',
    'server/access',
  ],
  'server/images': [
    'contract',
    'ml',
    'server/errors',
    'server/db',
    'server/blobs',
    'server/deps',
    'server/access',
  ],
  'server/jobs': [
    'contract',
    'captioners',
    'server/config',
    'server/errors',
    'server/db',
    'server/access',
    'server/to-app-error',
    'server/queue',
    'server/deps',
  ],
  'server/captions': [
    'server/jobs',
    'contract',
    'captioners',
    'server/errors',
    'server/db',
    'server/captioners',
    'server/deps',
    'server/images',
    'server/access',
  ],
  'server/maintenance': ['server/db', 'server/deps', 'server/images', 'server/jobs'],
  'server/job-list': ['server/jobs', 'server/captions', 'server/maintenance'],
  'server/backup': [
    'server/config',
    'server/errors',
    'server/blobs',
    'server/db',
    'server/queue',
    'server/images',
    'server/jobs',
    'server/job-list',
  ],
  'server/health': [
    'contract',
    'ml',
    'server/errors',
    'server/to-app-error',
    'server/config',
    'server/db',
    'server/deps',
  ],
  'server/http': [
    'contract',
    'ml',
    'server/errors',
    'server/config',
    'server/db',
    'server/blobs',
    'server/deps',
    'server/to-app-error',
    'server/events',
    'server/fetching',
    'server/captioners',
    'server/images',
    'server/captions',
    'server/jobs',
    'server/health',
    'server/access',
  ],
  'server/worker': [
    'server/errors',
    'server/db',
    'server/queue',
    'server/deps',
    'server/images',
    'server/jobs',
    'server/job-list',
  ],
  'server/main': [
    'contract',
    'server/access',
    'server/captions',
    'server/images',
    'server/job-list',
    'ml',
    'server/backup',
    'server/errors',
    'server/to-app-error',
    'captioners',
    'server/secrets',
    'server/captioners',
    'server/config',
    'server/files',
    'server/postgres',
    'server/db',
    'server/blobs',
    'server/queue',
    'server/events',
    'server/deps',
    'server/http',
    'server/worker',
    'server/health',
  ],
  'web/lib': [],
  'web/lib/failures': ['contract'],
  'web/lib/forms': ['web/lib'],
  'web/lib/server': ['contract', 'web/lib', 'web/lib/failures'],
  'web/lib/services': ['contract', 'web/lib', 'web/lib/server'],
  'web/lib/captioners': ['contract', 'web/lib/server'],
  'web/lib/captions': ['contract', 'web/lib/server'],
  'web/lib/prompts': ['contract'],
  'web/components': [
    'contract',
    'web/lib',
    'web/lib/failures',
    'web/lib/forms',
    'web/lib/services',
    'web/lib/captioners',
    'web/lib/captions',
  ],
  'web/features': [
    'contract',
    'web/lib',
    'web/lib/failures',
    'web/lib/forms',
    'web/lib/server',
    'web/lib/services',
    'web/lib/captioners',
    'web/lib/captions',
    'web/lib/prompts',
    'web/components',
  ],
  'web/routes': [
    'contract',
    'web/lib',
    'web/lib/failures',
    'web/lib/server',
    'web/lib/services',
    'web/lib/captions',
    'web/components',
    'web/features',
    'web/lib/captioners',
  ],
  cli: [
    'ml/metrics',
    'ml/training',
    'ml/vlm',
    'contract',
    'formats',
    'ml',
    'captioners',
    'server/main',
  ],
}

/** `deps` is a type of all the rooms below the rules; `events` reads two of its fields. */
const typeOnly = new Set(['server/events → server/deps'])

const packages = join(import.meta.dirname, '..', 'packages')
const files = globSync('*/src/**/*.{ts,tsx}', { cwd: packages }).filter(
  (file) => !/\.test\.tsx?$/.test(file),
)
const text = (file: string) => readFileSync(join(packages, file), 'utf8')

/** Files at the top of the server that are a room of their own, or the building of all of them. */
const serverFiles: Record<string, string> = {
  errors: 'server/errors',
  'to-app-error': 'server/to-app-error',
  config: 'server/config',
  'read-version': 'server/config',
  deps: 'server/deps',
  'job-list': 'server/job-list',
}

/** 'server/src/db/captions.ts' → 'server/db'; 'contract/src/job.ts' → 'contract' */
function roomOf(path: string): string {
  const [name = '', ...rest] = path
    .replace('/src/', '/')
    .replace(/\.tsx?$/, '')
    .split('/')
  if (name === 'server') {
    if (rest.length > 1) return `server/${rest[0]}`
    return serverFiles[rest[0] ?? ''] ?? 'server/main'
  }
  if (name === 'web') {
    if (rest[0] === 'lib' && rest.length > 2) return `web/lib/${rest[1]}`
    return rest.length > 1 ? `web/${rest[0]}` : 'web/routes'
  }
  if (name === 'ml') return (rest[0] ?? 'index') === 'index' ? 'ml' : `ml/${rest[0]}`
  if (name === 'captioners') {
    if (rest.length > 1) return `captioners/${rest[0]}`
    return (rest[0] ?? 'index') === 'index' ? 'captioners' : 'captioners/build'
  }
  return name
}

const imports = files.flatMap((file) =>
  [...text(file).matchAll(/^(?:import|export|\})[^'\n]*? from '([^']+)'|^import '([^']+)'/gm)].map(
    (match) => {
      const to = match[1] ?? match[2] ?? ''
      const target = to.startsWith('.')
        ? relative(packages, join(packages, dirname(file), to))
        : to.replace('@descry/', '')
      return { file, from: roomOf(file), to: roomOf(target), target }
    },
  ),
)

test('a room imports only from the rooms it may', () => {
  const ours = new Set([...files.map(roomOf), 'ml', 'captioners', 'server'])
  const wrong = imports
    .filter(({ to, target }) => ours.has(to) && !target.endsWith('.json'))
    .filter(
      ({ from, to }) =>
        from !== to && !['ml', 'captioners'].includes(from) && !rooms[from]?.includes(to),
    )
    .map(({ file, to }) => `${file} → ${to}`)
  expect(wrong).toEqual([])
})

test('every permission points up the list', () => {
  const order = Object.keys(rooms)
  const wrong = Object.entries(rooms).flatMap(([room, others]) =>
    others
      .filter((other) => order.includes(other) && order.indexOf(other) >= order.indexOf(room))
      .map((other) => `${room} → ${other}`),
  )
  expect(wrong.filter((arrow) => !typeOnly.has(arrow))).toEqual([])
})

test('no feature of the page imports another feature', () => {
  const featureOf = (path: string) => path.match(/^web\/src\/features\/([^/]+)/)?.[1]
  const wrong = imports
    .filter(({ file, target }) => featureOf(file) && featureOf(target))
    .filter(({ file, target }) => featureOf(file) !== featureOf(target))
    .map(({ file, target }) => `${file} → ${target}`)
  expect(wrong).toEqual([])
})

test('only the one file reads the environment', () => {
  const readers = files.filter((file) => /process\.env\b/.test(text(file)))
  // The other one sets a variable that only native code reads.
  expect(readers.sort()).toEqual(['cli/src/process-io.ts', 'ml/src/runtime/disable-telemetry.ts'])
})

test('transactions are opened in one place, where a second connection is refused', () => {
  const openers = files.filter(
    (file) => file.startsWith('server/') && text(file).includes('.transaction()'),
  )
  expect(openers.sort()).toEqual(['server/src/db/transaction.ts'])
})

test('no barrels but one index a package, and only for others', () => {
  const indexes = files.filter((file) => file.endsWith('/index.ts'))
  expect(
    indexes.every((file) => /^[a-z]+\/src\/index\.ts$/.test(file)),
    indexes.join(),
  ).toBe(true)
})
