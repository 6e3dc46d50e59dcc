import { type VlmDtype, vlmDtypes } from '@descry/ml/vlm'
import { oneOf, readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type PullOptions = {
  repository: string
  revision: string | undefined
  dtype: VlmDtype | 'default' | undefined
  update: boolean
}

export type ModelsOptions =
  | { action: 'list'; json: boolean }
  | ({ action: 'pull' } & PullOptions)
  | { action: 'remove'; repository: string }
  | { action: 'verify'; repository: string | undefined }

export function readModelsOptions(args: readonly string[]): ModelsOptions {
  const { values, positionals } = readOptions('models', args, { options, allowPositionals: true })
  const [name, repository, left] = positionals
  if (name === undefined) throw wrong(`Say what to do: ${actions.join(', ')}.`)
  const action = oneOf({ command: 'models', option: 'The action' }, actions, name)
  if (left !== undefined) throw wrong(`${left} is left over.`)
  for (const option of Object.keys(values) as (keyof typeof values)[]) {
    if (usedBy[option] !== action) throw wrong(`--${option} is for ${usedBy[option]}.`)
  }
  const { json = false, update = false, revision, dtype } = values
  if (action === 'list' && repository !== undefined) throw wrong(`${repository} is left over.`)
  if (action === 'list') return { action, json }
  if (action === 'verify') return { action, repository }
  if (repository === undefined) throw wrong(`Name the model: descry models ${action} NAME`)
  if (action === 'remove') return { action, repository }
  return {
    action,
    repository,
    revision,
    dtype: dtype === undefined ? undefined : toDtype(dtype),
    update,
  }
}

const actions = ['list', 'pull', 'remove', 'verify'] as const

const options = {
  json: { type: 'boolean' },
  revision: { type: 'string' },
  dtype: { type: 'string' },
  update: { type: 'boolean' },
} as const

const usedBy = { json: 'list', revision: 'pull', dtype: 'pull', update: 'pull' } as const

const toDtype = (text: string) =>
  oneOf({ command: 'models', option: '--dtype' }, [...vlmDtypes, 'default'], text)

const wrong = (message: string) => new UsageError(message, { command: 'models' })
