import { Style } from '@descry/contract'
import { encodeForSending } from '@descry/ml'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Captioner, CaptionInput } from './captioner.ts'
import { prompts } from './prompts.ts'

type Options = {
  baseUrl: string
  apiKey: string | undefined
  model: string
  fetch?: typeof globalThis.fetch
}

/**
 * Captions through any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM,
 * llama.cpp, OpenAI. Source: https://platform.openai.com/docs/api-reference/chat
 */
export function openaiCompatibleCaptioner({
  baseUrl,
  apiKey,
  model,
  fetch = globalThis.fetch,
}: Options): Captioner {
  const host = new URL(baseUrl).host
  const endpoint = `${baseUrl.replace(/\/+$/, '')}/chat/completions`

  return {
    name: `openai:${model}`,
    kind: 'openai-compatible',
    description: `${model} at ${host}`,
    styles: Style.options,
    sendsPixelsTo: host,
    modelVersion: null,

    async caption(input, signal) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        },
        body: JSON.stringify({ model, max_tokens: 400, messages: [await toMessage(input)] }),
        signal,
      }).catch((error) => {
        throw signal.aborted
          ? error
          : new AppError('captioner-failed', `${model} at ${host} cannot be reached.`, {
              cause: error,
            })
      })
      if (!response.ok) throw await toError(response, model)
      return toOutput(await readJson(response, model), model)
    },
  }
}

async function toMessage({ file, mediaType, style }: CaptionInput) {
  const image = await encodeForSending({ file, mediaType }, { maxSide: 2048 })
  const url = `data:${image.mediaType};base64,${Buffer.from(image.file).toString('base64')}`
  return {
    role: 'user',
    content: [
      { type: 'text', text: prompts[style] },
      { type: 'image_url', image_url: { url } },
    ],
  }
}

async function readJson(response: Response, model: string): Promise<Completion> {
  const parsed = Completion.safeParse(await response.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  throw new AppError('captioner-failed', `${model} answered something else than a completion.`, {
    cause: parsed.error,
  })
}

function toOutput({ choices, usage }: Completion, model: string) {
  const text = choices[0]?.message.content?.replace(/<think>[\s\S]*?<\/think>/g, '').trim()
  if (!text) throw new AppError('captioner-failed', `${model} answered without text.`)
  return {
    text,
    ...(usage && {
      usage: {
        inputTokens: usage.prompt_tokens ?? 0,
        outputTokens: usage.completion_tokens ?? 0,
      },
    }),
  }
}

/** 408, 429 and 5xx may pass; the others will not, however often they are asked. */
async function toError(response: Response, model: string): Promise<AppError> {
  const said = (await response.text().catch(() => '')).slice(0, 300)
  const message = `${model} answered ${response.status}${said ? `: ${said}` : '.'}`
  if (response.status === 429) return new AppError('rate-limited', message)
  const passing = response.status === 408 || response.status >= 500
  return new AppError(passing ? 'captioner-failed' : 'captioner-refused', message)
}

/** The part of their answer that we read. */
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })),
  usage: z
    .object({ prompt_tokens: z.int().nullish(), completion_tokens: z.int().nullish() })
    .nullish(),
})
type Completion = z.infer<typeof Completion>
