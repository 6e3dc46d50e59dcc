import type { Captioner } from '../../src/captioners/captioner.ts'
import type { ChainOptions, ChainWish } from '../../src/chain/chain-request.ts'
import { createChain } from '../../src/chain/create-chain.ts'
import type { Timing } from '../../src/chain/timing.ts'
import { LOCAL_ORGANIZATION } from '../../src/db/tables.ts'

export const wish: ChainWish = {
  file: Buffer.from('a picture that nobody opens'),
  thumbnail: Buffer.from('the same, smaller'),
  mediaType: 'image/jpeg',
  width: 64,
  height: 48,
  style: 'concise',
  prompt: 'Describe this image.',
}

type Options = Partial<ChainOptions> & { wish?: Partial<ChainWish> }

/** A chain whose captioners have neither limits nor price: a database is not even there. */
export function chainWithoutDatabase(timing: Partial<Timing> = {}) {
  const chain = createChain({
    db: undefined as never,
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
  organizationId: LOCAL_ORGANIZATION,
  signal: new AbortController().signal,
  ...options,
})

/** How a run failed. */
export const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error) => error,
  )
