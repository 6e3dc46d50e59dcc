import { afterAll, beforeAll, expect, test } from 'vitest'
import { add } from '../graph/operators/arithmetic.ts'
import { input } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import type { Session } from './session.ts'

/** after = before + step, and the same once more as `shown`. */
const before = input('before', [2])
const after = add(before, input('step', [2]))
const model = writeOnnx({ outputs: { after, shown: after } })

const pair = (a: number, b: number) => ({ data: Float32Array.of(a, b), shape: [2] })
const carry = { after: 'before' }

let runtime: Runtime
let session: Session
beforeAll(async () => {
  runtime = await openRuntime()
  session = await runtime.openSession(model)
})
afterAll(() => runtime.dispose())

test('a carried output stays in the thread and is the next run’s input', async () => {
  const state = session.openState()
  await state.hold({ before: pair(1, 2) })
  const first = await state.run({ step: pair(10, 20) }, { carry })
  expect(first.outputs).toEqual({ shown: pair(11, 22) })
  const second = await state.run({ step: pair(10, 20) }, { carry })
  expect(second.outputs.shown).toEqual(pair(21, 42))
})

test('states of one session know nothing of each other', async () => {
  const [one, two] = [session.openState(), session.openState()]
  await one.hold({ before: pair(1, 1) })
  await two.hold({ before: pair(5, 5) })
  await Promise.all([one.run({ step: pair(1, 1) }, { carry }), two.run({ step: pair(1, 1) })])
  expect((await one.run({ step: pair(0, 0) })).outputs.shown).toEqual(pair(2, 2))
  expect((await two.run({ step: pair(0, 0) })).outputs.shown).toEqual(pair(5, 5))
  await expect(session.run({ step: pair(0, 0) })).rejects.toThrow(/No value is given for before/)
})

test('a state that was disposed holds nothing any more', async () => {
  const state = session.openState()
  await state.hold({ before: pair(1, 1) })
  await state.dispose()
  await expect(state.run({ step: pair(0, 0) })).rejects.toThrow(/No value is given for before/)
})

test.each([
  [{ other: 'before' }, /other is not an output/],
  [{ after: 'other' }, /other is not an input/],
])('carrying %o is refused', async (wrong, message) => {
  const feeds = { before: pair(0, 0), step: pair(0, 0) }
  await expect(session.run(feeds, { carry: wrong })).rejects.toThrow(message)
})
