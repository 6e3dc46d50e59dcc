import sharp from 'sharp'
import type { CaptionInput } from '../../src/captioner/captioner.ts'

/** A small picture, and a prompt that no code of ours would make. */
export async function makeQuestion(input: Partial<CaptionInput> = {}): Promise<CaptionInput> {
  const image = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
  const mediaType = input.mediaType ?? 'image/jpeg'
  const file = await (mediaType === 'image/webp' ? image.webp() : image.jpeg()).toBuffer()
  return {
    file,
    thumbnail: file,
    mediaType,
    width: 60,
    height: 40,
    style: 'concise',
    prompt: 'What is on this card?',
    sampling: {},
    ...input,
  }
}
