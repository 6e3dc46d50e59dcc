import { z } from 'zod'
import { CaptionId, ImageId, JobId, Timestamp } from './identifier.ts'
import { Image } from './image.ts'
import { PageQuery } from './page.ts'
import { number, text } from './text.ts'
import { Trace } from './trace.ts'

/** What kind of text is wanted. */
export const Style = z.enum(['concise', 'creative', 'alt', 'training'])
export type Style = z.infer<typeof Style>

/** Something seen in the image, with the captioner's probability for it (0 to 1). */
export const Label = z.object({ name: z.string(), probability: z.number().min(0).max(1) })
export type Label = z.infer<typeof Label>

/** What a hosted captioner says it consumed. */
export const Usage = z.object({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) })
export type Usage = z.infer<typeof Usage>

/** A text for an image, and how it came to be. Never overwritten: a newer one supersedes it. */
export const Caption = z.object({
  id: CaptionId,
  imageId: ImageId,
  jobId: JobId.nullable(),
  text: z.string().min(1),
  style: Style,
  captioner: z.string().nullable().describe('null: a person wrote it'),
  modelVersion: z.string().nullable(),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      "0 to 1; null where the captioner cannot tell. Of the built-in captioner: the probability that the caption agrees with people's captions of the image as well as three of four of those do with each other, calibrated on photos it did not learn from",
    ),
  labels: z
    .array(Label)
    .describe(
      'things, actions and colours that the captioner sees, the most probable first; empty where it cannot tell',
    ),
  ms: z.number().min(0).nullable().describe('milliseconds the captioner took'),
  usage: Usage.nullable(),
  trace: Trace.nullable().describe('how it came to be: what was tried, how long it took, its cost'),
  author: z.enum(['model', 'person']),
  supersedes: CaptionId.nullable(),
  createdAt: Timestamp,
})
export type Caption = z.infer<typeof Caption>

/** How an image should be captioned. */
export const CaptionOptions = z.strictObject({
  styles: z
    .array(Style)
    .min(1)
    .max(4)
    .refine((styles) => new Set(styles).size === styles.length, 'names a style twice')
    .optional()
    .describe('one caption for each; absent: concise and creative, where the captioner can'),
  captioner: text(100)
    .min(1)
    .optional()
    .describe('a name from /api/captioners, asked alone; absent: the chain'),
  trigger: z
    .string()
    .regex(/^[A-Za-z0-9_]{3,50}$/, '3 to 50 letters, digits and underscores')
    .optional()
    .describe('the word that a training caption names its subject with'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or pt-BR')
    .optional()
    .describe('of the caption, for captioners that write several; absent: English'),
  prompt: text(60).min(1).optional().describe('the name of a saved prompt'),
  temperature: number(z.number().min(0).max(2)).optional(),
  maxTokens: number(z.number().int().min(8).max(8192)).optional(),
  budget: number(z.number().min(0))
    .optional()
    .describe('US dollars that the captions of this request may cost'),
  fresh: z
    .boolean()
    .default(false)
    .describe('ask the captioner again even if this image was already captioned this way'),
  force: z
    .boolean()
    .optional()
    .describe(
      'caption the image even if a captioner that learned from photos takes it for something else (`not-a-photo`)',
    ),
})
export type CaptionOptions = z.infer<typeof CaptionOptions>

/** The same, once it is known which styles there will be. */
export const ChosenOptions = CaptionOptions.extend({ styles: z.array(Style).min(1) })
export type ChosenOptions = z.infer<typeof ChosenOptions>

const Url = text(4096).min(1).describe('http(s) address of an image')
const Data = z.string().min(1).describe('the image in base64, or as a data: URL')

/** JSON body: the image by address or inline, exactly one of the two. */
export const CaptionRequest = CaptionOptions.extend({
  url: Url.optional(),
  data: Data.optional(),
}).refine(({ url, data }) => (url === undefined) !== (data === undefined), {
  message: 'Give the image as either `url` or `data`.',
})
export type CaptionRequest = z.input<typeof CaptionRequest>

/** A style that was wanted, and that nobody wrote. */
export const MissingStyle = z.object({
  style: Style,
  reason: z.string().describe('why not, in a sentence for people'),
})
export type MissingStyle = z.infer<typeof MissingStyle>

export const MissingStyles = z
  .array(MissingStyle)
  .describe('styles that no captioner who could be asked wrote; the others are there')

/** `reused`: nothing was asked, or paid, for it: it existed already, or was just being made for another. */
export const CaptionResponse = z.object({
  image: Image,
  captions: z.array(Caption.extend({ reused: z.boolean() })),
  missing: MissingStyles,
})
export type CaptionResponse = z.infer<typeof CaptionResponse>

const captionFields = Object.keys(Caption.shape) as [keyof Caption, ...(keyof Caption)[]]
const CaptionField = z.enum(captionFields)

/** Query of the history. */
export const CaptionQuery = PageQuery.extend({
  imageId: ImageId.optional(),
  captioner: text(100).min(1).optional(),
  style: Style.optional(),
  search: text(200).trim().min(1).optional().describe('words the text must contain'),
  fields: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(CaptionField).min(1))
    .optional()
    .describe('comma-separated names: only these come back'),
})
export type CaptionQuery = z.infer<typeof CaptionQuery>
