import { expect, test } from 'vitest'
import { ownSampling, type SamplingRules, samplingFor } from './sampling-rules.ts'

const target = { model: 'eyes', host: 'example.org' }
const claude: SamplingRules = {
  takes: ['temperature', 'topP', 'topK', 'maxTokens'],
  defaults: ['temperature', 'topK', 'maxTokens'],
  highestTemperature: 1,
  eitherTemperatureOrTopP: true,
}
const plain: SamplingRules = { takes: ['temperature', 'topP', 'maxTokens'] }

test('the defaults are those that the model takes, and settings win', () => {
  expect(ownSampling(plain, { temperature: 0 }, target)).toEqual({
    temperature: 0,
    topP: 0.95,
    maxTokens: 200,
  })
  expect(ownSampling({ takes: [] }, {}, target)).toEqual({})
})

test('a topP that somebody asks for comes instead of the default temperature', () => {
  expect(ownSampling(claude, { topP: 0.5 }, target)).toEqual({
    topP: 0.5,
    topK: 40,
    maxTokens: 200,
  })
  const own = ownSampling(claude, {}, target)
  expect(samplingFor(claude, { own, requested: { ...own, topP: 0.5 } }, target)).toEqual({
    topP: 0.5,
    topK: 40,
    maxTokens: 200,
  })
})

test.each([
  [plain, { topK: 5 }, /eyes at example\.org does not take topK\. Change the sampling/],
  [claude, { temperature: 1.5 }, /temperature of at most 1/],
  [claude, { temperature: 0.5, topP: 0.5 }, /either temperature or topP/],
])(
  'what a model does not honour is refused, when it is set up and when it is asked',
  (rules, requested, why) => {
    expect(() => ownSampling(rules, requested, target)).toThrow(why)
    const own = ownSampling(rules, {}, target)
    expect(() => samplingFor(rules, { own, requested }, target)).toThrow(why)
  },
)
