import type { Limits } from '@descry/contract'
import { type EncodedImage, encodeForSending, ImageError } from '@descry/ml'
import type { Captioner } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'

/** Gives the picture in the form a captioner takes. */
export type PreparedImage = (captioner: Captioner) => Promise<EncodedImage>

/**
 * A kept picture for all captioners of a chain: encoded once for each form, when it is first asked for.
 * Captioners of this machine that name no form get the kept file. Fails with `CaptionerFailure`.
 */
export function prepareImage({ file, mediaType }: EncodedImage): PreparedImage {
  const made = new Map<string, Promise<EncodedImage>>()

  return async (captioner) => {
    const form = formOf(captioner)
    if (!form) return { file, mediaType }
    const key = JSON.stringify(form)
    const image = made.get(key) ?? encodeForSending({ file, mediaType }, form)
    made.set(key, image)
    return image.catch((error) => {
      throw toFailure(error)
    })
  }
}

type Form = Required<{ [Name in 'formats' | 'maxSide' | 'maxBytes']: Limits[Name] }>

function formOf({ limits, sendsPixelsTo }: Captioner): Form | undefined {
  const { formats, maxSide, maxBytes } = limits ?? {}
  if (sendsPixelsTo !== null) {
    return {
      formats: formats ?? HOSTED.formats,
      maxSide: maxSide ?? HOSTED.maxSide,
      maxBytes,
    }
  }
  return formats || maxSide || maxBytes ? { formats, maxSide, maxBytes } : undefined
}

/** What every hosted model takes; larger pictures are made smaller there, at our cost. */
const HOSTED: { formats: NonNullable<Limits['formats']>; maxSide: number } = {
  formats: ['image/jpeg', 'image/png'],
  maxSide: 2048,
}

function toFailure(cause: unknown): CaptionerFailure {
  const message = cause instanceof Error ? cause.message : String(cause)
  return cause instanceof ImageError && cause.code === 'image-too-large'
    ? new CaptionerFailure('too-large', message, { cause })
    : new CaptionerFailure(
        'unsupported-image',
        `The image cannot be encoded for sending: ${message}`,
        {
          cause,
        },
      )
}
