import { CaptionerFailure } from '../../captioner/captioner-failure.ts'

export type AwsCredentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** AWS has no single key; ours is `accessKeyId:secretAccessKey`, for passing ones with `:sessionToken`. */
export function parseAwsKey(key: string): AwsCredentials {
  const [accessKeyId, secretAccessKey, sessionToken, ...others] = key.split(':')
  if (!accessKeyId || !secretAccessKey || others.length > 0) {
    const message =
      'The key for AWS is not of the form accessKeyId:secretAccessKey or accessKeyId:secretAccessKey:sessionToken. Set it in that form.'
    throw new CaptionerFailure('bad-key', message)
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}
