import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Backbone,
  findPulled,
  type HubSettings,
  inspectBackbone,
  listRepository,
  type Preprocessing,
  pullFiles,
  type Runtime,
  readPreprocessing,
} from '@descry/ml'
import { UsageError } from '../usage-error.ts'
import type { BackboneOptions } from './read-train-options.ts'

type Options = {
  hub: HubSettings
  runtime: Runtime
  signal: AbortSignal
  onProgress: (progress: { path: string; done: number; total: number }) => void
}

/** The network of `--backbone` or `--teacher`: from a file, or from a repository, downloaded if it is not here yet. */
export async function openBackbone(
  options: BackboneOptions,
  { hub, runtime, signal, onProgress }: Options,
): Promise<Backbone> {
  const { from, output } = options
  const found = (await isFile(from))
    ? { name: basename(from), path: from }
    : await pullBackbone(options, { hub, signal, onProgress })
  const onnx = await readFile(found.path)
  const outputOption = `--${options.option}-output`
  return inspectBackbone(onnx, runtime, { ...found, output, outputOption })
}

type Found = { name: string; path: string; preprocessing?: Preprocessing | undefined }

async function pullBackbone(
  { option, from, file, revision }: BackboneOptions,
  { hub, signal, onProgress }: Omit<Options, 'runtime'>,
): Promise<Found> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(from) || from.endsWith('.onnx')) {
    throw new UsageError(
      `There is no file ${from}. --${option} takes an ONNX file, or a repository as OWNER/NAME.`,
      { command: 'train' },
    )
  }
  const wish = { repository: from, ...(revision !== undefined && { revision }) }
  const local = await findPulled(hub, from, revision)
  const isHere = local && chooseFile(local.files, file) !== undefined
  const { files } = isHere || (local && hub.offline) ? local : await listRepository(hub, wish)
  const network = chooseFile(files, file)
  if (network === undefined) throw noSuchFile({ option, from }, file, files)
  const wanted = [network, PREPROCESSING].filter((path) => files.some((one) => one.path === path))
  const pulled = await pullFiles(hub, { ...wish, paths: wanted, signal, onProgress })
  const pathOf = (path: string) => `${pulled.folder}/${path}`
  const preprocessing = wanted.includes(PREPROCESSING)
    ? readPreprocessing(await readFile(pathOf(PREPROCESSING), 'utf8'))
    : undefined
  return { name: `${from}@${pulled.commit}/${network}`, path: pathOf(network), preprocessing }
}

type Files = readonly { path: string }[]

const chooseFile = (files: Files, wanted: string | undefined): string | undefined =>
  (wanted === undefined ? USUAL_FILES : [wanted]).find((path) =>
    files.some((file) => file.path === path),
  )

function noSuchFile(
  { option, from: repository }: Pick<BackboneOptions, 'option' | 'from'>,
  wanted = USUAL_FILES.join(' or '),
  files: Files,
): UsageError {
  const networks = files.map(({ path }) => path).filter((path) => path.endsWith('.onnx'))
  const offer = networks.length === 0 ? 'It has no ONNX files.' : `It has: ${networks.join(', ')}.`
  return new UsageError(
    `${repository} has no ${wanted}. ${offer} Name one with --${option}-file.`,
    {
      command: 'train',
    },
  )
}

const USUAL_FILES = ['onnx/model.onnx', 'model.onnx']
const PREPROCESSING = 'preprocessor_config.json'

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
