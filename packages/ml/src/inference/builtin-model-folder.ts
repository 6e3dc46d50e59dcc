import { join } from 'node:path'

/** Where the model lies that Descry comes with: in the clone, and beside a published bundle. */
export const builtinModelFolder = (): string =>
  import.meta.filename.endsWith('.ts')
    ? join(import.meta.dirname, '../../models/builtin')
    : join(import.meta.dirname, 'models/builtin')
