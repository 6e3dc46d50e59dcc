import type { Finding } from '@descry/server'
import type { Io } from '../command.ts'
import { readEnvironment } from '../read-environment.ts'

/** Configuration, then what the server itself knows about its parts. */
export async function checkServer({ env }: Pick<Io, 'env'>): Promise<Finding[]> {
  const { ConfigError, diagnose, readConfig } = await import('@descry/server')
  try {
    const config = readConfig(readEnvironment(env))
    return [configuration(true, 'can be read'), ...(await diagnose(config))]
  } catch (error) {
    if (error instanceof ConfigError) return [configuration(false, error.message)]
    throw error
  }
}

const configuration = (ok: boolean, message: string): Finding => ({
  name: 'configuration',
  ok,
  message,
})
