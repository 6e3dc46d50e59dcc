import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder =
  process.env.DESCRY_TEST_VECTORS ?? join(import.meta.dirname, '../../../../shared/vectors')

/**
 * Published inputs with expected values, or nothing where they are not at hand: they hold other
 * people's text.
 */
export function readVectors<Vectors>(name: string): Vectors | undefined {
  const path = join(folder, name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
