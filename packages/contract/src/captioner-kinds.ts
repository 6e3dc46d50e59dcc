import { z } from 'zod'
import { commonSettings } from './captioner-settings.ts'
import { text } from './text.ts'

const Url = z.url({ protocol: /^https?$/, error: 'expected an http(s) address' })
/** The first is asked; the others, in their order, when it fails. */
const models = z.array(text(200).min(1)).min(1).max(5)
const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a region such as us-east-1')

/**
 * The kinds of captioners that people set up, one entry each: what the settings and the page need to
 * know. How such a captioner is asked is a file of the captioners package.
 */
export const captionerKinds = [
  defineKind({
    kind: 'openai-compatible',
    label: 'OpenAI-compatible server',
    settings: { baseUrl: Url, models },
    url: ({ baseUrl }) => baseUrl,
    needsKey: ({ baseUrl }) => new URL(baseUrl).host === 'api.openai.com',
  }),
  defineKind({
    kind: 'google',
    label: 'Google Gemini',
    settings: { models, baseUrl: Url.optional() },
    url: ({ baseUrl = 'https://generativelanguage.googleapis.com/v1beta' }) => baseUrl,
    needsKey: ({ baseUrl }) => baseUrl === undefined,
  }),
  defineKind({
    kind: 'anthropic',
    label: 'Anthropic Claude',
    settings: { models, baseUrl: Url.optional() },
    url: ({ baseUrl = 'https://api.anthropic.com/v1' }) => baseUrl,
    needsKey: ({ baseUrl }) => baseUrl === undefined,
  }),
  defineKind({
    kind: 'bedrock',
    label: 'Amazon Bedrock',
    settings: { models, region: Region, baseUrl: Url.optional() },
    url: ({ region, baseUrl = awsEndpoint('bedrock-runtime', region) }) => baseUrl,
  }),
  defineKind({
    kind: 'sagemaker',
    label: 'Amazon SageMaker',
    settings: { region: Region, endpoint: text(63).min(1), baseUrl: Url.optional() },
    url: ({ region, baseUrl = awsEndpoint('runtime.sagemaker', region) }) => baseUrl,
  }),
  defineKind({
    kind: 'rekognition',
    label: 'Amazon Rekognition',
    settings: {
      region: Region,
      leastConfidence: z.number().min(0).max(1).default(0.7),
      baseUrl: Url.optional(),
    },
    url: ({ region, baseUrl = awsEndpoint('rekognition', region) }) => baseUrl,
  }),
  defineKind({
    kind: 'huggingface',
    label: 'Hugging Face',
    settings: {
      models,
      provider: text(60).min(1).default('auto'),
      endpointUrl: Url.optional().describe('a dedicated inference endpoint'),
    },
    url: ({ endpointUrl = 'https://router.huggingface.co' }) => endpointUrl,
    needsKey: ({ endpointUrl }) => endpointUrl === undefined,
  }),
  defineKind({
    kind: 'local-vlm',
    label: 'Local vision-language model',
    settings: {
      model: text(200).min(1).describe('one that `descry models list` shows'),
    },
    url: () => null,
  }),
  defineKind({
    kind: 'model',
    label: 'Trained model',
    settings: {
      folder: text(4096).min(1).describe('a model folder that `descry train` made'),
    },
    url: () => null,
  }),
] as const

type SchemasOf<Kinds extends readonly { schema: unknown }[]> = {
  [Index in keyof Kinds]: Kinds[Index]['schema']
}

/** Captioners that people set up, in the page or in a file. The key is kept apart from it. */
export const CaptionerSettings = z.discriminatedUnion(
  'kind',
  captionerKinds.map(({ schema }) => schema) as unknown as SchemasOf<typeof captionerKinds>,
)
export type CaptionerSettings = z.infer<typeof CaptionerSettings>
export type CaptionerKind = CaptionerSettings['kind']
export type SettingsOfKind<Kind extends CaptionerKind> = Extract<CaptionerSettings, { kind: Kind }>

type Definition<Kind extends string, Shape extends z.ZodRawShape> = {
  kind: Kind
  /** For people. */
  label: string
  settings: Shape
  /** Where images are sent to; null: they stay on this machine. */
  url(settings: z.infer<z.ZodObject<Shape>>): string | null
  /** Whether the provider answers nobody without a key. A proxy at another address may. Absent: it does. */
  needsKey?(settings: z.infer<z.ZodObject<Shape>>): boolean
}

function defineKind<const Kind extends string, Shape extends z.ZodRawShape>({
  settings,
  ...kind
}: Definition<Kind, Shape>) {
  const schema = z.strictObject({ kind: z.literal(kind.kind), ...commonSettings, ...settings })
  return { ...kind, schema }
}

/**
 * Where a service of AWS is in a region. Said, not left to the SDKs: they would also look into the
 * environment, and images would go elsewhere than people were told.
 */
function awsEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}

/** What is said of the kind of these settings, whichever it is. */
const kindOf = (settings: CaptionerSettings) =>
  captionerKinds.find(({ kind }) => kind === settings.kind) as unknown as {
    url(settings: CaptionerSettings): string | null
    needsKey?(settings: CaptionerSettings): boolean
  }

/** Where images are sent to with these settings; null: they stay on this machine. */
export const urlOfCaptioner = (settings: CaptionerSettings): string | null =>
  kindOf(settings).url(settings)

export const needsCaptionerKey = (settings: CaptionerSettings): boolean =>
  kindOf(settings).needsKey?.(settings) ?? false
