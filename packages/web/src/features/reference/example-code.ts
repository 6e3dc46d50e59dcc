import type { Operation } from './to-reference.ts'

export type Language = 'curl' | 'javascript' | 'python'

/** Runnable code for an operation, with the address of this server. */
export function exampleCode(operation: Operation, origin: string): Record<Language, string> {
  const request = { method: operation.method, url: origin + fillPath(operation) }
  const mediaTypes = operation.bodies.map(({ mediaType }) => mediaType)
  if (mediaTypes.includes('multipart/form-data')) return uploadExample(request)
  if (mediaTypes.includes('application/json')) return jsonExample(request, exampleBody(operation))
  return plainExample(request, operation)
}

type ExampleRequest = { method: string; url: string }

// The value of a path parameter comes from an earlier response, so its name in capitals stands for it.
const fillPath = ({ path }: Operation) =>
  path.replace(/\{(\w+)\}/g, (_match, name: string) => name.toUpperCase())

function exampleBody({ bodies }: Operation): Record<string, unknown> {
  const fields = bodies.find(({ mediaType }) => mediaType === 'application/json')?.fields ?? []
  const has = (name: string) => fields.some((field) => field.name === name && field.depth === 0)
  return {
    ...(has('url') && { url: 'https://example.com/photo.jpg' }),
    ...(has('styles') && { styles: ['concise'] }),
  }
}

function uploadExample({ method, url }: ExampleRequest): Record<Language, string> {
  return {
    curl: `curl -X ${method} ${url} \\\n  -F styles=concise \\\n  -F file=@photo.jpg`,
    javascript: `import { openAsBlob } from 'node:fs'

const form = new FormData()
form.append('styles', 'concise')
form.append('file', await openAsBlob('photo.jpg'), 'photo.jpg')

const response = await fetch('${url}', { method: '${method}', body: form })
console.log(await response.json())`,
    python: `import requests

with open("photo.jpg", "rb") as file:
    response = requests.request(
        "${method}", "${url}",
        data={"styles": "concise"}, files={"file": file},
    )
print(response.json())`,
  }
}

function jsonExample({ method, url }: ExampleRequest, body: unknown): Record<Language, string> {
  const json = JSON.stringify(body)
  return {
    curl: `curl -X ${method} ${url} \\\n  -H 'content-type: application/json' \\\n  -d '${json}'`,
    javascript: `const response = await fetch('${url}', {
  method: '${method}',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(${json}),
})
console.log(await response.json())`,
    python: `import requests

response = requests.request("${method}", "${url}", json=${json})
print(response.json())`,
  }
}

function plainExample(
  { method, url }: ExampleRequest,
  operation: Operation,
): Record<Language, string> {
  const types = operation.responses.flatMap(({ bodies }) =>
    bodies.map(({ mediaType }) => mediaType),
  )
  if (types.includes('text/event-stream') || url.endsWith('/events')) return streamExample(url)
  const isJson = types.includes('application/json')
  const flag = method === 'GET' ? '' : ` -X ${method}`
  const option = method === 'GET' ? '' : `, { method: '${method}' }`
  return {
    curl: `curl${flag} ${url}${isJson ? '' : ' -o file'}`,
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
