import type { Operation } from './to-reference.ts'

export type Language = 'curl' | 'javascript' | 'python'

/** Runnable code for an operation, with the address of this server and the examples of its description. */
export function exampleCode(operation: Operation, origin: string): Record<Language, string> {
  const request = { method: operation.method, url: origin + exampleAddress(operation) }
  const mediaTypes = operation.bodies.map(({ mediaType }) => mediaType)
  if (mediaTypes.includes('multipart/form-data')) {
    return uploadExample(request, exampleFields(operation))
  }
  const body = exampleBody(operation)
  if (body !== undefined) return jsonExample(request, body)
  return plainExample(request, operation)
}

/**
 * The path and query of an example. A path parameter without one comes from an earlier response, so its
 * name in capitals stands for it.
 */
export function exampleAddress({ path, parameters }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const { example } = parameters.find((parameter) => parameter.name === name) ?? {}
    return example === undefined ? name.toUpperCase() : encodeURIComponent(String(example))
  })
  const query = parameters.filter(
    ({ place, example }) => place === 'query' && example !== undefined,
  )
  const search = new URLSearchParams(query.map(({ name, example }) => [name, String(example)]))
  return search.size > 0 ? `${filled}?${search}` : filled
}

type ExampleRequest = { method: string; url: string }

const exampleBody = ({ bodies }: Operation): unknown =>
  bodies.find(({ mediaType }) => mediaType === 'application/json')?.example

/** What stands beside the file in a form: the example has it beside the address of an image. */
function exampleFields(operation: Operation): [name: string, value: string][] {
  const body = exampleBody(operation)
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body)
    .filter(([name]) => name !== 'url' && name !== 'data')
    .map(([name, value]) => [name, String(value)])
}

function uploadExample(
  { method, url }: ExampleRequest,
  fields: [name: string, value: string][],
): Record<Language, string> {
  const inCurl = fields.map(([name, value]) => `  -F ${name}=${value} \\\n`)
  const inScript = fields.map(([name, value]) => `form.append('${name}', '${value}')\n`)
  const data = fields.length > 0 ? `data=${toPython(Object.fromEntries(fields))}, ` : ''
  return {
    curl: `curl -X ${method} ${url} \\\n${inCurl.join('')}  -F file=@photo.jpg`,
    javascript: `import { openAsBlob } from 'node:fs'

const form = new FormData()
${inScript.join('')}form.append('file', await openAsBlob('photo.jpg'), 'photo.jpg')

const response = await fetch('${url}', { method: '${method}', body: form })
console.log(await response.json())`,
    python: `import requests

with open("photo.jpg", "rb") as file:
    response = requests.request(
        "${method}", "${url}",
        ${data}files={"file": file},
    )
print(response.json())`,
  }
}

function jsonExample({ method, url }: ExampleRequest, body: unknown): Record<Language, string> {
  const json = JSON.stringify(body)
  const quoted = json.replaceAll("'", "'\\''")
  return {
    curl: `curl -X ${method} ${url} \\\n  -H 'content-type: application/json' \\\n  -d '${quoted}'`,
    javascript: `const response = await fetch('${url}', {
  method: '${method}',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(${json}),
})
console.log(await response.json())`,
    python: `import requests

response = requests.request("${method}", "${url}", json=${toPython(body)})
print(response.json())`,
  }
}

/** A value as Python writes it. */
function toPython(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, item]) => `"${key}": ${toPython(item)}`)
  return `{${entries.join(', ')}}`
}

function plainExample(
  { method, url }: ExampleRequest,
  operation: Operation,
): Record<Language, string> {
  const types = operation.responses.flatMap(({ bodies }) =>
    bodies.map(({ mediaType }) => mediaType),
  )
  if (types.includes('text/event-stream')) return streamExample(url)
  const isJson = types.includes('application/json')
  const flag = method === 'GET' ? '' : ` -X ${method}`
  const option = method === 'GET' ? '' : `, { method: '${method}' }`
  const address = url.includes('?') ? `'${url}'` : url // a shell would take & and ? for its own
  return {
    curl: `curl${flag} ${address}${isJson ? '' : ' -o file'}`,
    javascript: `const response = await fetch('${url}'${option})
console.log(await response.${isJson ? 'json()' : 'bytes()'})`,
    python: `import requests

response = requests.request("${method}", "${url}")
print(${isJson ? 'response.json()' : 'len(response.content)'})`,
  }
}

const streamExample = (url: string): Record<Language, string> => ({
  curl: `curl -N ${url}`,
  javascript: `const response = await fetch('${url}')
for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
  console.log(chunk)
}`,
  python: `import requests

with requests.get("${url}", stream=True) as response:
    for line in response.iter_lines(decode_unicode=True):
        print(line)`,
})
