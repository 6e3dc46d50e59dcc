import type { Captioner } from '../../src/captioner/captioner.ts'
import type { ChainInput, ChainOptions } from '../../src/chain/chain-request.ts'
import type { Timing } from '../../src/chain/chain-state.ts'
import { createChain } from '../../src/chain/create-chain.ts'
import { memoryUsage } from '../../src/chain/memory-usage.ts'

export const wish: ChainInput = {
  file: Buffer.from('a picture that nobody opens'),
  thumbnail: Buffer.from('the same, smaller'),
  mediaType: 'image/jpeg',
  width: 64,
  height: 48,
  style: 'concise',
  prompt: 'Describe this image.',
}

type Options = Partial<ChainOptions> & { wish?: Partial<ChainInput> }

/** A chain that keeps limits and budgets in memory. */
export function chainInMemory(timing: Partial<Timing> = {}) {
  const chain = createChain({
    usage: memoryUsage(),
    onError: (error) => {
      throw error
    },
    timing: { backoffMs: 10, ...timing },
  })
  return {
    ...chain,
    ask: (steps: Captioner[], { wish: other, ...options }: Options = {}) =>
      chain.run(steps, { ...wish, ...other }, withDefaults(options)),
  }
}

export const withDefaults = (options: Partial<ChainOptions> = {}): ChainOptions => ({
  organizationId: '00000000-0000-7000-8000-000000000001',
  signal: new AbortController().signal,
  ...options,
})

/** How a run failed. */
export const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error) => error,
  )
