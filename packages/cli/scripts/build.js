// Makes packages/cli publishable: one bundle of our own packages in dist/, with the files that it reads
// beside it. Runs before `npm pack`. --out and --model name another target and another built-in model.
import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const cli = join(dirname(fileURLToPath(import.meta.url)), '..')
const packages = join(cli, '..')
const { values } = parseArgs({ options: { out: { type: 'string' }, model: { type: 'string' } } })
const dist = values.out ?? join(cli, 'dist')
const model = values.model ?? join(packages, 'ml/models/builtin')

await rm(dist, { recursive: true, force: true })
const imported = await bundle()
await checkDependencies(imported)
await copyBesideBundle()

/** Returns the npm packages that the bundle imports, each with the files that do. */
async function bundle() {
  const imported = new Map()
  await build({
    entryPoints: {
      main: join(cli, 'src/main.ts'),
      'session-worker': join(packages, 'ml/src/runtime/session-worker.ts'),
      supervisor: join(packages, 'server/src/postgres/supervisor.ts'),
      'vlm-worker': join(packages, 'ml/src/vlm/vlm-worker.ts'),
    },
    outdir: dist,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    plugins: [keepOutside(imported), refuseLostFiles()],
    logLevel: 'warning',
  })
  return imported
}

/** npm packages stay imports, to be installed beside us; our own go into the bundle. */
function keepOutside(imported) {
  return {
    name: 'keep-npm-packages-outside',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point' || path.startsWith('@descry/')) return undefined
        if (!isBuiltin(path)) {
          const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/')
          imported.set(name, [...(imported.get(name) ?? []), importer])
        }
        return { path, external: true }
      })
    },
  }
}

/** A file that is only named by its URL, such as a worker thread's, would not be in the bundle. */
function refuseLostFiles() {
  return {
    name: 'refuse-files-that-would-be-lost',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const lost = /new URL\(\s*'[^']+\.[jt]s'/.exec(await readFile(path, 'utf8'))
        if (!lost) return undefined
        const text = `${lost[0]}: this file would be missing in the bundle; add it to entryPoints.`
        return { errors: [{ text, location: { file: path } }] }
      })
    },
  }
}

/** Installing the package must bring all that it imports, in the versions we tested. */
async function checkDependencies(imported) {
  const { dependencies } = await readManifest(cli)
  const wanted = await readWantedVersions()
  const mistakes = []
  for (const [name, importers] of imported) {
    const version = wanted.get(name)
    if (dependencies[name] === undefined) {
      mistakes.push(`${name} ${version ?? ''} is imported by ${importers[0]}`)
    } else if (version !== undefined && dependencies[name] !== version) {
      mistakes.push(`${name} is ${dependencies[name]} here, but ${version} where it is used`)
    }
  }
  if (mistakes.length === 0) return
  console.error(`Put into dependencies of packages/cli/package.json:\n  ${mistakes.join('\n  ')}`)
  process.exit(1)
}

/** From the manifests of all our packages. */
async function readWantedVersions() {
  const wanted = new Map()
  for (const name of await readdir(packages)) {
    if (name === 'cli') continue
    const { dependencies = {} } = await readManifest(join(packages, name))
    for (const entry of Object.entries(dependencies)) {
      wanted.set(...entry)
    }
  }
  return wanted
}

async function readManifest(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}

async function copyBesideBundle() {
  await copyModel()
  const meteor = join(packages, 'ml/src/metrics/meteor')
  for (const file of ['wordnet-3.0-synonyms.br', 'LICENSE-wordnet.txt']) {
    await cp(join(meteor, file), join(dist, file))
  }
  await cp(join(packages, 'ml/src/words/visual-words.br'), join(dist, 'visual-words.br'))
  await cp(join(packages, 'server/src/db/migrations'), join(dist, 'migrations'), {
    recursive: true,
    filter: (path) => !/\.(ts|js)$/.test(path),
  })
  await cp(join(packages, 'web/dist'), join(dist, 'web'), { recursive: true }).catch((error) => {
    if (error.code !== 'ENOENT') throw error
    console.error('The page is not built: run `npm run build -w packages/web` first.')
    process.exit(1)
  })
}

/** The card and the files it names. */
async function copyModel() {
  const card = await readFile(join(model, 'model.json'), 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error
    console.error(`There is no built-in model in ${model}: run \`npm run train:builtin\` first.`)
    process.exit(1)
  })
  for (const name of ['model.json', ...Object.keys(JSON.parse(card).files)]) {
    await cp(join(model, name), join(dist, 'models/builtin', name))
  }
}
