import type { Finding } from '@descry/server'

export async function checkNode(): Promise<Finding[]> {
  const version = process.versions.node
  const ok = Number.parseInt(version, 10) >= 24
  const message = ok ? version : `this is ${version}; Descry needs 24 or newer: run npm ci`
  return [{ name: 'Node', ok, message }]
}
