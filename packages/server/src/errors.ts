import { AppError } from '@descry/contract'

export { AppError }

export const notFound = (what: string, id: string) =>
  new AppError('not-found', `No ${what} with id ${id}.`)
