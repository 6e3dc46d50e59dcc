import { DetectLabelsCommand, RekognitionClient } from '@aws-sdk/client-rekognition'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner } from '../../captioner/captioner.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
} from '../../http/hosted-captioner.ts'
import { awsClient } from './aws-client.ts'
import { awsFailure } from './aws-failure.ts'
import { captionFromLabels } from './caption-from-labels.ts'
import { refuseQuietErrors } from './refuse-quiet-errors.ts'

/**
 * What Amazon Rekognition sees, as labels and as a plain list of them: it knows things, not sentences.
 * Source: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_DetectLabels.html
 */
export function rekognitionCaptioner(
  settings: SettingsOfKind<'rekognition'>,
  { apiKey }: Pick<ProviderOptions, 'apiKey'> = {},
): Captioner {
  const { region, leastConfidence } = settings
  const clients = awsClient((options) => new RekognitionClient(options), {
    region,
    endpoint: urlOfCaptioner(settings) ?? '',
    apiKey,
  })
  const model: HostedModel = {
    model: 'rekognition',
    takesInstructions: false,
    sampling: { takes: [] },
    limits: { formats: ['image/jpeg', 'image/png'], maxSide: 2048, maxBytes: 5_000_000 },
    async ask({ image, apiKey, target, signal }) {
      const command = new DetectLabelsCommand({
        Image: { Bytes: image.file },
        MaxLabels: 20,
        MinConfidence: 100 * leastConfidence,
      })
      const answer = await clients
        .use(apiKey, (client) =>
          client.send(refuseQuietErrors(command, target), { abortSignal: signal }),
        )
        .catch((error) => {
          throw awsFailure(target, error)
        })
      return captionFromLabels(target, answer)
    },
  }
  const { dispose } = clients
  return hostedCaptioner(settings, { apiKey, models: [model], dispose })
}
