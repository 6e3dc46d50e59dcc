import { HubError } from './hub-error.ts'

/**
 * Names are `owner/name`, as the hub allows them. It allows no `--`, so `owner--name` is the folder
 * of one repository only.
 */
export function checkRepository(repository: string): void {
  if (isRepository(repository)) return
  throw new HubError(
    'bad-name',
    `${JSON.stringify(repository)} is no repository. Give owner/name, such as Xenova/resnet-50.`,
  )
}

export function isRepository(repository: string): boolean {
  const [, owner = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(repository) ?? []
  return [owner, name].every((part) => NAME.test(part) && !/--|\.\./.test(part))
}

/** A branch, a tag or a commit. It becomes a part of an address. */
export function checkRevision(revision: string): void {
  if (/^\w[\w./-]{0,254}$/.test(revision) && !revision.includes('..')) return
  throw new HubError(
    'bad-name',
    `${JSON.stringify(revision)} is no revision. Give a branch, a tag or a commit, such as main.`,
  )
}

/** Is it a path that stays inside its folder, on every system? Paths come from a server. */
export const isSafePath = (path: string): boolean =>
  path.length <= 1024 &&
  !/[\\\p{Cc}]|^[a-z]:/iu.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const NAME = /^[A-Za-z0-9_]([\w.-]{0,94}\w)?$/
