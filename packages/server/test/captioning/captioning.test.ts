import { basicCaptioner } from '@descry/captioners'
import {
  type Caption,
  type CaptionResponse,
  FailureDetails,
  type Job,
  type JobResult,
  type Page,
  type Trace,
} from '@descry/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeCompletion } from '../../../captioners/test/providers/make-completion.ts'
import { makeImage, openWorld, until, type World } from '../world.ts'
import {
  ask,
  caption as captionWith,
  clear,
  type Script,
  saveRules,
  setUp,
  startScripted,
} from './requests.ts'

const DOG = 'A brown dog runs along a sandy beach.'
const REFUSAL = "I'm sorry, but I can't assist with that."
const down = { status: 500, body: { error: { message: 'The model crashed.' } } }

describe('captioning', () => {
  const script: Script = {}
  let world: World
  let provider: Awaited<ReturnType<typeof startScripted>>
  beforeAll(async () => {
    provider = await startScripted(script)
    world = await openWorld({ captioners: [basicCaptioner()] })
  })
  afterEach(async () => {
    await clear(world)
    for (const name of Object.keys(script)) delete script[name]
    provider.requests.length = 0
  })
  afterAll(async () => {
    await world.close()
    await provider.close()
    expect(world.errors).toEqual([])
  })

  const put = (name: string, settings: object = {}) =>
    setUp(world, provider.url, { name, ...settings })
  /** Captioners of these names, and the chain of them. */
  const chainOf = async (answers: Script, rules: object = {}) => {
    Object.assign(script, answers)
    for (const name of Object.keys(answers)) await put(name)
    const steps = Object.keys(answers).map((captioner) => ({ captioner }))
    const saved = await saveRules(world, { chain: { steps, ...rules } })
    expect(saved.status, saved.text).toBe(200)
  }
  const caption = (
    fields: Record<string, string> = {},
    options?: Parameters<typeof captionWith>[2],
  ) => captionWith<CaptionResponse>(world, { styles: 'concise', ...fields }, options)
  const asked = (name: string) => provider.requestsOf(name).length
  const promptOf = (name: string) => {
    const body = JSON.parse(provider.requestsOf(name).at(-1)?.body ?? '{}')
    const parts = body.messages[0].content as { type: string; text?: string }[]
    return parts.find(({ type }) => type === 'text')?.text ?? ''
  }
  const outcomesOf = (trace: Trace | null | undefined) =>
    trace?.steps.map(({ captioner, outcome }) => `${captioner}: ${outcome}`)
  const traceOf = (error: { details?: unknown } | undefined) =>
    FailureDetails.parse(error?.details).trace

  describe('the chain', () => {
    test('where the first fails the second answers, and the trace says so everywhere', async () => {
      await chainOf({ first: down, second: DOG })
      const worker = await world.startWorker()
      const { body } = await caption()
      const [made] = body.captions
      expect(made).toMatchObject({ text: DOG, captioner: 'second' })
      const expected = [...Array(4).fill('first: unreachable'), 'second: done']
      expect(outcomesOf(made?.trace)).toEqual(expected)
      expect(made?.trace?.steps[0]).toMatchObject({
        status: 500,
        reason: expect.stringContaining('The model crashed'),
      })
      const list = await ask<Page<Caption>>(world, 'GET', `/captions?imageId=${body.image.id}`)
      expect(outcomesOf(list.body.items[0]?.trace)).toEqual(expected)

      const job = await captionWith<Job>(
        world,
        { styles: 'concise' },
        { url: '/api/jobs/captions' },
      )
      const result = await until(async () => {
        const answer = await ask<JobResult>(world, 'GET', `/jobs/${job.body.id}/result`)
        return answer.status === 200 && answer.body
      })
      expect(outcomesOf(result.captions[0]?.trace)).toEqual(expected)
      await worker.stop()
    })

    test('a job that nobody can caption fails with its trace', async () => {
      await chainOf({ first: REFUSAL, second: down })
      const worker = await world.startWorker()
      const { body } = await captionWith<Job>(
        world,
        { styles: 'concise' },
        { url: '/api/jobs/captions' },
      )
      const job = await until(async () => {
        const answer = await ask<Job>(world, 'GET', `/jobs/${body.id}`)
        return answer.body.status === 'failed' && answer.body
      })
      expect(job).toMatchObject({ error: { code: 'captioner-refused' }, captionIds: [] })
      expect(job.trace?.steps[0]).toMatchObject({ outcome: 'refused', reply: REFUSAL })
      await worker.stop()
    })

    test.each([
      ['a refusal', REFUSAL, 'refused'],
      ['a content filter', makeCompletion({ content: '' }, 'content_filter'), 'blocked'],
    ])(
      '%s ends it, unless the organization lets it fall through',
      async (_name, answer, outcome) => {
        await chainOf({ strict: answer, lenient: DOG })
        const { status, error } = await caption()
        expect([status, error?.code]).toEqual([502, 'captioner-refused'])
        expect(outcomesOf(traceOf(error))).toEqual([`strict: ${outcome}`])
        expect(asked('lenient')).toBe(0)

        await chainOf({ strict: answer, lenient: DOG }, { fallThroughRefusals: true })
        const { body } = await caption()
        expect(outcomesOf(body.captions[0]?.trace)).toEqual([`strict: ${outcome}`, 'lenient: done'])
      },
    )

    test('what the second answered is not paid for again, unless it is asked for anew', async () => {
      await chainOf({ first: down, second: DOG })
      const image = await makeImage()
      await caption({}, { image })
      const again = await caption({}, { image })
      expect(again.body.captions).toMatchObject([{ captioner: 'second', reused: true }])
      expect([asked('first'), asked('second')]).toEqual([4, 1])
      script.first = 'A cat on a sofa.'
      const fresh = await caption({ fresh: 'true' }, { image })
      expect(fresh.body.captions).toMatchObject([{ captioner: 'first', reused: false }])
    })

    test('one that is asked for by name is asked alone', async () => {
      await chainOf({ first: DOG, second: down })
      const { status, error } = await caption({ captioner: 'second' })
      expect([status, error?.code]).toEqual([502, 'captioner-failed'])
      expect(asked('first')).toBe(0)
      expect((await caption({ captioner: 'nobody' })).error?.message).toContain('called nobody')
    })

    test('a step is asked for its styles only', async () => {
      Object.assign(script, { plain: 'A dog runs on a beach.', poet: 'Sand flies as a dog races.' })
      await put('plain')
      await put('poet')
      const steps = [
        { captioner: 'poet', styles: ['creative'] },
        { captioner: 'plain', styles: ['concise', 'alt'] },
      ]
      await saveRules(world, { chain: { steps } })
      const { body } = await captionWith<CaptionResponse>(world, { styles: 'concise,creative,alt' })
      expect(body.captions.map(({ captioner, style }) => `${style} by ${captioner}`)).toEqual([
        'concise by plain',
        'creative by poet',
        'alt by plain',
      ])
      const { error } = await caption({ styles: 'training' })
      expect(error?.code).toBe('unsupported-option')
    })

    test.each([
      ['unknown', ['nobody'], 'no captioner called nobody'],
      ['doubled', ['one', 'one'], 'one is in the chain twice'],
      ['basic', ['one', 'basic'], 'only measures pixels'],
    ])('an %s step is refused, and what was decided stays', async (_name, names, message) => {
      await put('one')
      await saveRules(world, { chain: { steps: [{ captioner: 'one' }] } })
      const steps = names.map((captioner) => ({ captioner }))
      const { status, error } = await saveRules(world, { chain: { steps } })
      expect(status).toBe(400)
      expect(error?.message).toContain(message)
      const { body } = await ask<object>(world, 'GET', '/captioning-rules')
      expect(body).toMatchObject({ chain: { steps: [{ captioner: 'one' }] } })
    })

    test('one that was removed since is skipped, and a chain of nobody says so', async () => {
      await chainOf({ first: DOG, second: DOG })
      await ask(world, 'DELETE', '/captioners/first')
      expect((await caption()).body.captions[0]?.captioner).toBe('second')
      await put('second', { enabled: false })
      const { status, error } = await caption()
      expect(status).toBe(400)
      expect(error?.message).toContain('No captioner of the chain is there')
    })

    test('basic stands in for nobody', async () => {
      Object.assign(script, { only: down })
      await put('only')
      expect((await caption()).status).toBe(502)
    })
  })

  describe('the quality gate', () => {
    const bad: [string, Script[string], string][] = [
      ['a refusal', REFUSAL, 'refused'],
      ['an HTML page', { body: '<html><body>502 Bad Gateway</body></html>' }, 'bad-answer'],
      ['an HTML page as its text', '<!DOCTYPE html><html><body>Error</body></html>', 'bad-answer'],
      ['an empty text', '', 'empty'],
      ['nothing but thoughts', '<think>The user wants a caption of a dog', 'empty'],
      ['an error with status 200', { body: { error: { message: 'oh no' } } }, 'bad-answer'],
      ['a loop', 'a dog and a dog and a dog and a dog and a dog and a dog and a dog', 'unfit'],
      ['a text that was cut off', makeCompletion({ content: 'A dog on a' }, 'length'), 'truncated'],
    ]
    test.each(bad)(
      '%s is no caption, and is shown as what came back',
      async (_name, answer, outcome) => {
        await chainOf({ only: answer })
        const image = await makeImage()
        const { status, error } = await caption({}, { image })
        expect(status).toBe(502)
        expect(error?.details).toMatchObject({ outcome })
        const reply = traceOf(error).steps[0]?.reply
        if (typeof answer === 'string') expect(reply ?? '').toBe(answer)
        else expect(reply).toBeTruthy()
        const { body } = await ask<Page<Caption>>(world, 'GET', '/captions?captioner=only')
        expect(body.items).toEqual([])
      },
    )

    test('what only wraps a caption is taken off before it is stored', async () => {
      const said = '<think>A dog.</think>Sure! Here is the caption:\n\n"A dog runs on a beach."'
      await chainOf({ chatty: said })
      const { body } = await caption()
      expect(body.captions[0]?.text).toBe('A dog runs on a beach.')
      const list = await ask<Page<Caption>>(world, 'GET', `/captions?imageId=${body.image.id}`)
      expect(list.body.items.map(({ text }) => text)).toEqual(['A dog runs on a beach.'])
    })
  })

  describe('styles', () => {
    test('without any, a concise and a creative caption are made', async () => {
      await chainOf({ both: DOG })
      const { body } = await captionWith<CaptionResponse>(world)
      expect(body.captions.map(({ style }) => style)).toEqual(['concise', 'creative'])
    })

    test('without any, what cannot be creative is concise', async () => {
      await put('plain')
      await saveRules(world, { chain: { steps: [{ captioner: 'plain', styles: ['concise'] }] } })
      const { body } = await captionWith<CaptionResponse>(world)
      expect(body.captions.map(({ style }) => style)).toEqual(['concise'])
    })

    test('a training caption is asked for with the trigger, and must hold it', async () => {
      await chainOf({ trainer: 'photo of sks_dog on a beach, side light' })
      const wish = { styles: 'training', trigger: 'sks_dog' }
      const { body } = await caption(wish)
      expect(promptOf('trainer')).toContain('sks_dog')
      expect(body.captions[0]?.text).toBe('photo of sks_dog on a beach, side light')

      script.trainer = 'photo of a dog on a beach, side light'
      const { error } = await caption(wish)
      expect(error?.details).toMatchObject({ outcome: 'unfit' })
      expect(error?.message).toContain('"sks_dog" is missing')
    })

    test('without a trigger no line of the prompt speaks of one', async () => {
      await chainOf({ trainer: 'photo of a dog on a beach' })
      await caption({ styles: 'training' })
      expect(promptOf('trainer')).not.toMatch(/trigger|subject|\{/)
    })

    test('alt text of more than 125 characters is none', async () => {
      const long =
        'A brown dog with a red collar and wet fur runs along a wide sandy beach beside low green waves while two children watch it from a blue towel.'
      await chainOf({ wordy: long })
      const { error } = await caption({ styles: 'alt' })
      expect(error?.message).toContain('125 are allowed')
    })
  })

  describe('prompts', () => {
    const save = (name: string, prompt: { style: string; template: string }) =>
      ask<{ items: { name: string }[] }>(world, 'PUT', `/prompts/${encodeURIComponent(name)}`, {
        name,
        ...prompt,
      })
    const template = 'Say {style} what you see.\nIn {language}.\nCall it {trigger}.'

    test('one that is saved is used by its name, its variables filled', async () => {
      await chainOf({ any: 'Ein brauner Hund läuft über den Strand und bellt.' })
      await save('house style', { style: 'concise', template })
      await caption({ prompt: 'house style', language: 'de' })
      expect(promptOf('any')).toBe('Say concise what you see.\nIn German.')
      await caption({ prompt: 'house style', language: 'de', trigger: 'rex' })
      expect(promptOf('any')).toBe('Say concise what you see.\nIn German.\nCall it rex.')
    })

    test('it is for its own style, alone or among others', async () => {
      await chainOf({ any: DOG })
      await save('short', { style: 'concise', template: 'Be short.' })
      const { body } = await captionWith<CaptionResponse>(world, { prompt: 'short' })
      expect(body.captions.map(({ style }) => style)).toEqual(['concise'])
      await caption({ prompt: 'short', styles: 'concise,creative' })
      expect(promptOf('any')).toContain('vivid')
      const { status, error } = await caption({ prompt: 'short', styles: 'creative' })
      expect(status).toBe(400)
      expect(error?.message).toContain('for concise captions')
    })

    test('an unknown one is refused, and so is one that was removed', async () => {
      await chainOf({ any: DOG })
      await save('brief', { style: 'concise', template: 'Be brief.' })
      expect((await ask(world, 'DELETE', '/prompts/brief')).status).toBe(200)
      expect((await ask(world, 'DELETE', '/prompts/brief')).status).toBe(404)
      expect((await caption({ prompt: 'brief' })).error?.message).toContain('called brief')
      expect(asked('any')).toBe(0)
    })

    test('another prompt makes another caption of the same picture', async () => {
      await chainOf({ any: DOG })
      await save('short', { style: 'concise', template: 'Be short.' })
      const image = await makeImage()
      await caption({}, { image })
      await caption({ prompt: 'short' }, { image })
      const { body } = await caption({ prompt: 'short' }, { image })
      expect(asked('any')).toBe(2)
      expect(body.captions[0]?.reused).toBe(true)
    })

    test.each([
      ['language', 'de'],
      ['temperature', '0.5'],
    ])('%s is refused where nobody would look at it', async (name, value) => {
      const { status, error } = await caption({ [name]: value })
      expect([status, error?.code]).toEqual([400, 'unsupported-option'])
      expect(error?.message).toContain(name)
    })

    test('the temperature of a request goes to the provider', async () => {
      await chainOf({ any: DOG })
      await caption({ temperature: '0.25' })
      expect(JSON.parse(provider.requestsOf('any')[0]?.body ?? '{}').temperature).toBe(0.25)
    })
  })
})
