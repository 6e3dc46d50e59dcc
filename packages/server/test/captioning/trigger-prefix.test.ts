import type { CaptionResponse } from '@descry/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeCaptioner, makeImage, openWorld, type World } from '../world.ts'
import { caption, saveRules } from './requests.ts'

/** One that says a sentence, whatever it is told. */
const plain = fakeCaptioner({
  name: 'plain',
  kind: 'builtin',
  styles: ['concise'],
  takesInstructions: false,
  caption: async ({ style }) =>
    style === 'concise' ? { text: 'A dog runs on a beach.' } : expect.fail(`asked for ${style}`),
})

let world: World
beforeAll(async () => {
  world = await openWorld({ captioners: [plain] })
})
afterAll(() => world.close())

const training = (trigger: string, image: Buffer) =>
  caption<CaptionResponse>(world, { styles: 'training', trigger }, { image })

test('a captioner that takes no prompt gets the trigger word put in front, and it is said', async () => {
  const image = await makeImage()
  const { body } = await training('sks_dog', image)
  expect(body.captions).toMatchObject([
    { style: 'training', text: 'photo of sks_dog a dog runs on a beach', reused: false },
  ])
  expect(body.captions[0]?.trace?.steps.at(-1)?.reason).toBe(
    'plain takes no prompt, so "photo of sks_dog" was put in front of its caption.',
  )
  expect((await training('sks_dog', image)).body.captions[0]?.reused).toBe(true)
  const [other] = (await training('ohwx', image)).body.captions
  expect(other).toMatchObject({ text: 'photo of ohwx a dog runs on a beach', reused: false })
})

test('without the word, and where a step of the chain is for other styles, it is refused as before', async () => {
  const { error } = await caption(world, { styles: 'training' })
  expect(error?.message).toContain('cannot write training captions')
  await saveRules(world, { chain: { steps: [{ captioner: 'plain', styles: ['concise'] }] } })
  const { error: refused } = await training('sks', await makeImage())
  expect(refused?.code).toBe('unsupported-option')
})
