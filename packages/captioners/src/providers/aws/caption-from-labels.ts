import { z } from 'zod'
import type { CaptionOutput } from '../../captioner/captioner.ts'
import { CaptionerFailure } from '../../captioner/captioner-failure.ts'
import { joinWords } from '../../captioner/join-words.ts'
import { nameOf, type Target } from '../../captioner/target.ts'
import { badAnswer, ODD_FORM } from '../../http/bad-answer.ts'

/**
 * "Dog, grass and ball." A list and not a sentence: Rekognition sees things, not what they do. It names
 * each also by its kinds (a dog is a pet, a mammal, an animal); of those only the closest is said.
 */
export function captionFromLabels(target: Target, answer: unknown): CaptionOutput {
  const { success, data } = Answer.safeParse(answer)
  if (!success) throw badAnswer(target, ODD_FORM)
  const labels = data.Labels.toSorted((a, b) => b.Confidence - a.Confidence)
  const kinds = new Set(labels.flatMap(({ Parents }) => Parents?.map(({ Name }) => Name)))
  const things = labels.filter(({ Name }) => !kinds.has(Name)).slice(0, MAX_THINGS)
  if (things.length === 0) throw nothingSeen(target)
  return {
    text: `${capitalize(joinWords(things.map(toWords)))}.`,
    labels: labels.map(({ Name, Confidence }) => ({
      name: Name.toLowerCase(),
      probability: Math.round(Confidence * 100) / 10_000,
    })),
  }
}

/** More is no caption; the labels say the rest. */
const MAX_THINGS = 5

const Name = z.object({ Name: z.string().min(1) })

/** The part of their answer that we read. */
const Answer = z.object({
  Labels: z.array(
    Name.extend({
      Confidence: z.number().min(0).max(100),
      Parents: z.array(Name).nullish(),
      Categories: z.array(Name).nullish(),
    }),
  ),
})
type SeenLabel = z.infer<typeof Answer>['Labels'][number]

/** Sights keep their capitals, and so do abbreviations such as TV. */
function toWords({ Name, Categories }: SeenLabel): string {
  if (Categories?.some((category) => category.Name === 'Popular Landmarks')) return Name
  return Name.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase())
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const nothingSeen = (target: Target) =>
  new CaptionerFailure(
    'empty',
    `${nameOf(target)} recognised nothing in this image. Lower leastConfidence, or choose another captioner.`,
  )
