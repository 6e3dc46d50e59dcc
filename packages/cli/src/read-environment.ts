import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'

type Environment = Record<string, string | undefined>

/** What is in `.env`, under what the process was started with. */
export function readEnvironment(processEnv: Environment, folder = process.cwd()): Environment {
  const file = resolve(folder, '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...processEnv } : processEnv
}
