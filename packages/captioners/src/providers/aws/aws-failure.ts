import { CaptionerFailure } from '../../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../../captioner/target.ts'
import { answerFailure } from '../../http/answer-failure.ts'
import { badAnswer, ODD_FORM } from '../../http/bad-answer.ts'
import { unreachable } from '../../http/unreachable.ts'

/** What an error of AWS's own SDKs means. Those hold the request, so they are not kept as a cause. */
export function awsFailure(target: Target, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CaptionerFailure) return error
  if (error.name === 'CredentialsProviderError') return noCredentials(target)

  const { $response, $metadata, OriginalStatusCode, OriginalMessage } = error as Error & AwsError
  const status = OriginalStatusCode ?? $response?.statusCode ?? $metadata?.httpStatusCode
  if (status === undefined) return 'code' in error ? unreachable(target, error) : error
  if (status < 300) return badAnswer(target, ODD_FORM)
  return answerFailure(target, {
    status,
    headers: new Headers($response?.headers),
    body: OriginalMessage ?? (error.name === 'SyntaxError' ? '' : error.message),
    code: error.name,
  })
}

/** `Original…`: of the model's own container, behind SageMaker. */
type AwsError = {
  $response?: { statusCode: number; headers: Record<string, string> }
  $metadata?: { httpStatusCode?: number }
  OriginalStatusCode?: number
  OriginalMessage?: string
}

const noCredentials = (target: Target) =>
  new CaptionerFailure(
    'bad-key',
    `No AWS credentials for ${nameOf(target)} were found. Set a key of the form accessKeyId:secretAccessKey, or give this machine a role.`,
  )
