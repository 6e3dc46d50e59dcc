import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export type Peer = {
  version: string
  decoderMs: number
  smallImagesPerSecond: number
  beamMs: number
  beamTogetherImagesPerSecond: number
}

/** The same work in PyTorch, where a Python on this machine has it. */
export function measurePytorch(): Peer | undefined {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [join(import.meta.dirname, 'peer-pytorch.py')], {
      encoding: 'utf8',
    })
    if (status === 0) return JSON.parse(stdout)
  }
  return undefined
}
