import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner, CaptionOutput } from '../../captioner/captioner.ts'
import type { Target } from '../../captioner/target.ts'
import { badAnswer } from '../../http/bad-answer.ts'
import { captionFromReply } from '../../http/caption-from-reply.ts'
import { findGeneratedText } from '../../http/find-generated-text.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
  type Question,
} from '../../http/hosted-captioner.ts'
import { parseJson } from '../../http/parse-json.ts'
import { awsClient } from './aws-client.ts'
import { awsFailure } from './aws-failure.ts'
import { refuseQuietErrors } from './refuse-quiet-errors.ts'

/**
 * Captions by an endpoint of one's own on SageMaker: an image-to-text model (BLIP, ViT-GPT2) in a
 * container of Hugging Face, or one that speaks as those do.
 * Source: https://github.com/aws/sagemaker-huggingface-inference-toolkit
 */
export function sagemakerCaptioner(
  settings: SettingsOfKind<'sagemaker'>,
  { apiKey }: Pick<ProviderOptions, 'apiKey'> = {},
): Captioner {
  const { region, endpoint } = settings
  const clients = awsClient((options) => new SageMakerRuntimeClient(options), {
    region,
    endpoint: urlOfCaptioner(settings) ?? '',
    apiKey,
  })
  const model: HostedModel = {
    model: endpoint,
    takesInstructions: false,
    sampling: { takes: ['maxTokens'], defaults: [] },
    limits: { formats: ['image/jpeg', 'image/png'], maxSide: 1024, maxBytes: 4_000_000 },
    async ask(question) {
      const { target, signal } = question
      const body = await clients
        .use(question.apiKey, async (client) => {
          const command = new InvokeEndpointCommand({
            EndpointName: endpoint,
            ContentType: 'application/json',
            Accept: 'application/json',
            Body: JSON.stringify(toRequest(question)),
          })
          const { Body } = await client.send(refuseQuietErrors(command, target), {
            abortSignal: signal,
          })
          return Body?.transformToString() ?? ''
        })
        .catch((error) => {
          throw awsFailure(target, error)
        })
      return toOutput(target, body)
    },
  }
  const { dispose } = clients
  return hostedCaptioner(settings, { apiKey, models: [model], dispose })
}

function toRequest({ image, sampling: { maxTokens } }: Question) {
  const inputs = Buffer.from(image.file).toString('base64')
  return { inputs, ...(maxTokens && { parameters: { max_new_tokens: maxTokens } }) }
}

function toOutput(target: Target, body: string): CaptionOutput {
  const reply = findGeneratedText(parseJson(body))
  if (reply) return captionFromReply(target, { ...reply, usage: {} })
  throw badAnswer(target, NO_CAPTION, { reply: body })
}

const NO_CAPTION =
  'with something else than [{"generated_text": "…"}]. Its container must serve an image-to-text model as those of Hugging Face do'
