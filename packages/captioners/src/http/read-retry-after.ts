type Options = { headers: Headers; body: string; now?: number }

/** How long a server asks us to wait, in milliseconds, as each of the providers says it. */
export function readRetryAfter({ headers, body, now = Date.now() }: Options): number | undefined {
  const wait =
    milliseconds(headers.get('retry-after-ms')) ??
    secondsOrDate(headers.get('retry-after'), now) ??
    delayIn(body) ??
    untilReset(headers, now)
  return wait === undefined ? undefined : Math.round(Math.min(Math.max(wait, 0), ONE_DAY))
}

/** A limit per day ends within one; what is longer is a mistake. */
const ONE_DAY = 86_400_000

const milliseconds = (text: string | null) =>
  text && /^[\d.]+$/.test(text) ? Number(text) : undefined

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function secondsOrDate(text: string | null, now: number): number | undefined {
  if (!text) return undefined
  if (/^[\d.]+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date - now
}

/** `"retryDelay": "30s"` in Google's RetryInfo; `"estimated_time": 20.5` of a model that Hugging Face loads. */
function delayIn(body: string): number | undefined {
  const google = body.match(/"retryDelay"\s*:\s*"([^"]+)"/)?.[1]
  const huggingFace = body.match(/"estimated_time"\s*:\s*([\d.]+)/)?.[1]
  return duration(google ?? `${huggingFace}s`)
}

/**
 * `x-ratelimit-reset-requests: 6m0s` of OpenAI, `anthropic-ratelimit-requests-reset` with a date: the
 * latest of the limits that are used up; where none is said to be, the soonest of all.
 */
function untilReset(headers: Headers, now: number): number | undefined {
  const resets = [...headers]
    .filter(([name]) => /ratelimit.*reset/.test(name))
    .map(([name, value]) => ({
      wait: duration(value) ?? secondsOrDate(value, now) ?? Number.NaN,
      usedUp: headers.get(name.replace('reset', 'remaining')) === '0',
    }))
    .filter(({ wait }) => !Number.isNaN(wait))
  const usedUp = resets.filter((reset) => reset.usedUp)
  if (usedUp.length > 0) return Math.max(...usedUp.map(({ wait }) => wait))
  return resets.length > 0 ? Math.min(...resets.map(({ wait }) => wait)) : undefined
}

/** "6m0s", "1.5s", "20ms" as Go prints it */
function duration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(text)) return undefined
  return [...text.matchAll(/([\d.]+)(ms|[dhms])/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
