import { mkdtemp, rm } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { PassThrough } from 'node:stream'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'

/**
 * Counts the files of ours that one caption passes on its way: those in which a function was entered, as
 * V8 counts calls. A request and a job are traced in a running server, a caption in the terminal in the
 * process of its own. Everything is done once before it is counted, so that what only starts up is left out.
 *
 *   node bench/count-files.ts [FOLDER OF ANOTHER CHECKOUT]
 */
const root = process.argv[2] ?? join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'descry-count-'))
const session = new Session()
session.connect()

try {
  const captions = { request: await traceServer('/api/captions'), job: await traceServer('job') }
  for (const [way, files] of Object.entries(captions)) print(way, files)
  print('terminal', await traceTerminal())
} finally {
  session.disconnect()
  await rm(folder, { recursive: true, force: true })
}

async function traceServer(way: '/api/captions' | 'job'): Promise<string[]> {
  const { readConfig, startServer } = await import(
    pathToFileURL(join(root, 'packages/server/src/index.ts')).href
  )
  const data = join(folder, way === 'job' ? 'job' : 'request')
  const server = await startServer(
    readConfig({ PORT: '0', DESCRY_DATA: data, DESCRY_LOG_LEVEL: 'silent' }),
  )
  try {
    const caption = () =>
      way === 'job' ? captionAsJob(server.address) : captionNow(server.address)
    await caption()
    await new Promise((resolve) => setTimeout(resolve, 1500)) // events of the first one are out
    return await entered(caption)
  } finally {
    await server.stop()
  }
}

async function captionNow(address: string): Promise<void> {
  await post(`${address}/api/captions`)
}

async function captionAsJob(address: string): Promise<void> {
  const { id } = await post(`${address}/api/jobs/captions`)
  for (let status = ''; status !== 'done'; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    status = (await (await fetch(`${address}/api/jobs/${id}`)).json()).status
  }
}

async function post(url: string): Promise<{ id: string }> {
  const form = new FormData()
  form.append('styles', 'concise')
  form.append('force', 'true') // what is drawn here is no photo
  form.append(
    'file',
    new Blob([new Uint8Array(await makePhoto())], { type: 'image/png' }),
    'photo.png',
  )
  const response = await fetch(url, { method: 'POST', body: form })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

/** New pixels each time: the same image would not be captioned twice. */
function makePhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 120, sigma: 40 }
  const create = { width: 320, height: 240, channels: 3 as const, background: '#000', noise }
  return sharp({ create }).png().toBuffer()
}

/** The terminal's `main`, called twice in this process. */
async function traceTerminal(): Promise<string[]> {
  const { main } = await import(pathToFileURL(join(root, 'packages/cli/src/main.ts')).href)
  const { processIo } = await import(
    pathToFileURL(join(root, 'packages/cli/src/process-io.ts')).href
  )
  const photo = join(folder, 'photo.png')
  await sharp(await makePhoto()).toFile(photo)
  const caption = async () => {
    const output = new PassThrough()
    const code = await main(['caption', '--force', photo], {
      ...processIo(),
      stdout: output,
      stderr: output,
    })
    if (code !== 0) throw new Error(String(output.read()))
  }
  await caption()
  return entered(caption)
}

/** The files of ours in which a function was entered during `work`, from its beginning to its end. */
async function entered(work: () => Promise<unknown>): Promise<string[]> {
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await session.post('Profiler.takePreciseCoverage') // sets the counters back
  await work()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  const packages = join(root, 'packages')
  return result
    .filter(({ url }) => url.startsWith(pathToFileURL(packages).href))
    .filter(({ functions }) =>
      functions.some(
        ({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0,
      ),
    )
    .map(({ url }) => relative(packages, new URL(url).pathname))
    .sort()
}

/** Prints the files by room. What one may read as a whole counts as one: the list of the gate's rules, ml. */
function print(way: string, files: readonly string[]): void {
  const rooms = Map.groupBy(files, (file) => {
    const [name = '', , room = ''] = file.split('/')
    return room.endsWith('.ts') ? name : `${name}/${room}`
  })
  const wholes = new Set(files.map(wholeOf).filter((whole) => whole !== undefined))
  const others = files.filter((file) => wholeOf(file) === undefined)
  console.log(
    `${way}: ${files.length} files; ${others.length} on the way, and ${[...wholes].join(' and ')} as a whole`,
  )
  for (const [room, members] of rooms) {
    const names = members.map((file) => file.split('/').at(-1)).join(' ')
    console.log(`  ${room.padEnd(22)} ${members.length.toString().padStart(3)}  ${names}`)
  }
}

function wholeOf(file: string): string | undefined {
  if (file.startsWith('ml/')) return 'ml'
  return file.includes('/quality/') ? 'the quality gate' : undefined
}
