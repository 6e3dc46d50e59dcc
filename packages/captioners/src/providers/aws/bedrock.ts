import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner } from '../../captioner/captioner.ts'
import { generateCaption } from '../../http/generate-caption.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
  type Question,
} from '../../http/hosted-captioner.ts'
import { claudeThinking } from '../claude-rules.ts'
import { awsFailure } from './aws-failure.ts'
import { bedrockSampling, bedrockTopK } from './bedrock-sampling.ts'
import { type AwsCredentials, parseAwsKey } from './parse-aws-key.ts'

/**
 * Captions by models on Amazon Bedrock: Claude, Nova, Llama, Pixtral.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function bedrockCaptioner(
  settings: SettingsOfKind<'bedrock'>,
  options: ProviderOptions = {},
): Captioner {
  const { region } = settings
  const baseURL = urlOfCaptioner(settings) ?? ''
  const machine = defaultProvider() // the environment, profiles, the machine's role
  const models = settings.models.map(
    (model): HostedModel => ({
      model,
      takesInstructions: true,
      sampling: bedrockSampling(model),
      limits: { formats: ['image/jpeg', 'image/png'], maxSide: 2048, maxBytes: 3_750_000 },
      ask: async (question) => {
        const access = await accessWith(question, machine)
        const { sampling } = question
        const fetch = withStopReason(question.fetch)
        const provider = createAmazonBedrock({ region, baseURL, fetch, ...access })
        const { topK, ...others } = sampling
        const { thinkingTokens = 0 } = claudeThinking(model)
        return generateCaption(
          { ...question, sampling: others },
          { model: provider(model), thinkingTokens, ...bedrockTopK(model, topK) },
        )
      },
    }),
  )
  return hostedCaptioner(settings, { ...options, models })
}

/** The SDK insists on a reason, which gateways in front of Bedrock may leave out: that is a good end. */
const withStopReason =
  (fetch: Question['fetch']): Question['fetch'] =>
  async (input, init) => {
    const response = await fetch(input, init)
    const answer: unknown = await response.json()
    const isSilent =
      typeof answer === 'object' && answer !== null && !Reflect.get(answer, 'stopReason')
    return Response.json(isSilent ? { ...answer, stopReason: 'end_turn' } : answer)
  }

type Credentials = () => Promise<AwsCredentials>

/** `apiKey` is always said: the SDK prefers one from the environment to the key it is given. */
async function accessWith({ apiKey, target }: Question, machine: Credentials) {
  if (apiKey && !apiKey.includes(':')) return { apiKey } // one of Bedrock's own keys, a bearer token
  if (apiKey) return { apiKey: '', ...parseAwsKey(apiKey) }
  const credentials = await machine().catch((error) => {
    throw awsFailure(target, error)
  })
  return { apiKey: '', ...credentials }
}
