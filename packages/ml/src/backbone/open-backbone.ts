import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { findPulled } from '../hub/find-pulled.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import { listRepository } from '../hub/list-repository.ts'
import { pullFiles } from '../hub/pull-files.ts'
import { OptionError } from '../options/option-error.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { type Backbone, inspectBackbone } from './inspect-backbone.ts'
import type { NetworkLocation } from './network-location.ts'
import { type Preprocessing, readPreprocessing } from './read-preprocessing.ts'

type Options = {
  hub: HubSettings
  runtime: Runtime
  /** What the parts of the location are called in messages. */
  nameOption: (part: keyof NetworkLocation) => string
  signal?: AbortSignal | undefined
  /** Bytes of a file that is downloaded. */
  onProgress?: ((progress: { path: string; done: number; total: number }) => void) | undefined
}

/** Opens a network: a file, or one of a repository, which is downloaded if it is not here yet. */
export async function openBackbone(location: NetworkLocation, options: Options): Promise<Backbone> {
  const { from, output } = location
  const found = (await isFile(from))
    ? { name: basename(from), path: from }
    : await pullBackbone(location, options)
  const onnx = await readFile(found.path)
  const outputOption = options.nameOption('output')
  return inspectBackbone(onnx, options.runtime, { ...found, output, outputOption })
}

type Found = { name: string; path: string; preprocessing?: Preprocessing | undefined }

async function pullBackbone(
  { from, file, revision }: NetworkLocation,
  { hub, nameOption, signal, onProgress }: Options,
): Promise<Found> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(from) || from.endsWith('.onnx')) {
    throw new OptionError(
      `There is no file ${from}. ${nameOption('from')} takes an ONNX file, or a repository as OWNER/NAME.`,
    )
  }
  const query = { repository: from, ...(revision !== undefined && { revision }) }
  const local = await findPulled(hub, from, revision)
  const isHere = local && chooseFile(local.files, file) !== undefined
  const { files } = isHere || (local && hub.offline) ? local : await listRepository(hub, query)
  const network = chooseFile(files, file)
  if (network === undefined) throw noSuchFile(from, file, { files, nameOption })
  const paths = [network, PREPROCESSING].filter((path) => files.some((one) => one.path === path))
  const pulled = await pullFiles(hub, { ...query, paths, signal, onProgress })
  const pathOf = (path: string) => join(pulled.folder, path)
  const preprocessing = paths.includes(PREPROCESSING)
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
  repository: string,
  wanted = USUAL_FILES.join(' or '),
  { files, nameOption }: { files: Files } & Pick<Options, 'nameOption'>,
): OptionError {
  const networks = files.map(({ path }) => path).filter((path) => path.endsWith('.onnx'))
  const offer = networks.length === 0 ? 'It has no ONNX files.' : `It has: ${networks.join(', ')}.`
  return new OptionError(
    `${repository} has no ${wanted}. ${offer} Name one with ${nameOption('file')}.`,
  )
}

const USUAL_FILES = ['onnx/model.onnx', 'model.onnx']
const PREPROCESSING = 'preprocessor_config.json'

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
