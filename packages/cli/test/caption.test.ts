import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeCaptioner } from './fake-captioner.ts'
import { pictureFolder } from './picture-folder.ts'
import { runDescry } from './run-descry.ts'
import { finish, spawnDescry } from './spawn-descry.ts'

const lines = (text: string) => text.split('\n').filter(Boolean)

test('a single file gives just its caption', async () => {
  await using folder = await pictureFolder('1.jpg')
  const { code, stdout, stderr } = await runDescry(['caption', '1.jpg'], { cwd: folder.path })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^[^\t\n]*20 × 20[^\t\n]*\n$/)
})

test('a corrupt file in a folder is named, the rest is captioned in order', async () => {
  await using folder = await pictureFolder('10.jpg', '2.jpg', '3.broken.jpg')
  const { code, stdout, stderr } = await runDescry(['caption', '.'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(lines(stdout).map((line) => line.split('\t')[0])).toEqual(['2.jpg', '10.jpg'])
  expect(lines(stderr)).toEqual([
    expect.stringMatching(/^3\.broken\.jpg: .+/),
    '2 captioned, 1 failed.',
  ])
})

test('with --json every file is one line, failures included', async () => {
  await using folder = await pictureFolder('1.jpg', '2.broken.jpg')
  const args = ['caption', '--json', 'nowhere.jpg', '*.jpg']
  const { code, stdout } = await runDescry(args, { cwd: folder.path })
  expect(code).toBe(1)
  expect(lines(stdout).map((line) => JSON.parse(line))).toEqual([
    { file: 'nowhere.jpg', error: { code: 'not-found', message: expect.any(String) } },
    {
      file: '1.jpg',
      caption: expect.any(String),
      captioner: 'basic',
      confidence: null,
      labels: [],
      ms: expect.any(Number),
    },
    { file: '2.broken.jpg', error: { code: 'unsupported-image', message: expect.any(String) } },
  ])
})

test('captions keep the order of the files when a later one is ready first', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '3.jpg')
  await using fake = await fakeCaptioner((call) => ({
    text: `A dog on\nbeach number ${call}`,
    afterMs: call === 1 ? 400 : 0,
  }))
  const { stdout } = await runDescry(['caption', '.'], { cwd: folder.path, env: fake.env })
  expect(lines(stdout).map((line) => line.split('\t')[0])).toEqual(['1.jpg', '2.jpg', '3.jpg'])
  expect(stdout).toContain('\tA dog on beach number 2\n')
})

test('--write-txt writes beside the images; what is there is neither lost nor paid for again', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '2.png')
  await using fake = await fakeCaptioner(() => ({ text: 'a new caption' }))
  await writeFile(join(folder.path, '1.txt'), 'my own words')
  const args = ['caption', '--json', '--write-txt', '.']
  const { code, stdout, stderr } = await runDescry(args, { cwd: folder.path, env: fake.env })
  expect(code).toBe(1)
  expect(lines(stdout).map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ file: '1.jpg', caption: 'my own words', txt: 'skipped' }),
    expect.objectContaining({ file: '2.jpg', caption: 'a new caption', txt: 'written' }),
    { file: '2.png', error: { code: 'shared-sidecar', message: expect.stringMatching('2.jpg') } },
  ])
  expect(stderr).toContain('1 captioned, 1 kept as it was, 1 failed.')
  expect(fake.calls).toBe(1)
  expect(await readFile(join(folder.path, '1.txt'), 'utf8')).toBe('my own words')
  expect(await readFile(join(folder.path, '2.txt'), 'utf8')).toBe('a new caption')
  expect(await readdir(folder.path)).toHaveLength(5)
})

test('--prefix and --suffix are around each caption, printed and written', async () => {
  await using folder = await pictureFolder('1.jpg')
  await using fake = await fakeCaptioner(() => ({ text: 'a red card' }))
  const args = ['caption', '--prefix', 'sks, ', '--suffix=, studio', '--write-txt', '1.jpg']
  const { stdout } = await runDescry(args, { cwd: folder.path, env: fake.env })
  expect(stdout).toBe('sks, a red card, studio\n')
  expect(await readFile(join(folder.path, '1.txt'), 'utf8')).toBe('sks, a red card, studio')
})

test('what was kept is told from what is new, without --json too', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg')
  await writeFile(join(folder.path, '1.txt'), 'my own words')
  const options = { cwd: folder.path }
  const both = await runDescry(['caption', '--write-txt', '.'], options)
  expect(lines(both.stdout)).toEqual([
    '1.jpg\tmy own words\tkept',
    expect.stringMatching(/^2\.jpg\t[^\t]+$/),
  ])
  expect(both.stderr).toBe('1 captioned, 1 kept as it was, 0 failed.\n')
  const one = await runDescry(['caption', '--write-txt', '1.jpg'], options)
  expect(one.stdout).toBe('my own words\n')
  expect(one.stderr).toMatch(/^1\.txt had this caption already and is as it was\./)
})

test('a message that names its file does not repeat the name', async () => {
  await using folder = await pictureFolder('1.jpg', '1.png')
  const args = ['caption', '--write-txt', 'nowhere.jpg', '*.webp', '1.jpg', '1.png']
  const { stderr } = await runDescry(args, { cwd: folder.path })
  expect(lines(stderr)).toEqual([
    'There is no nowhere.jpg.',
    '*.webp matches no image.',
    '1.png would overwrite the caption of 1.jpg: both belong to 1.txt. Rename one of them.',
    '1 captioned, 3 failed.',
  ])
})

test('--existing append adds to the text that is there', async () => {
  await using folder = await pictureFolder('1.jpg')
  await using fake = await fakeCaptioner(() => ({ text: 'a dog' }))
  await writeFile(join(folder.path, '1.txt'), 'myword')
  const args = ['caption', '--write-txt', '--existing', 'append', '1.jpg']
  const { code } = await runDescry(args, { cwd: folder.path, env: fake.env })
  expect(code).toBe(0)
  expect(await readFile(join(folder.path, '1.txt'), 'utf8')).toBe('myword, a dog')
})

test.each([
  [['--nope', 'a.jpg'], 'There is no option --nope.'],
  [['--captioner', 'nobody', 'a.jpg'], 'no captioner called nobody'],
  [['--style', 'creative', '--captioner', 'basic', 'a.jpg'], 'cannot write creative'],
  [[], 'Name at least one'],
])('%j is wrong use: exit code 2, a reason and a hint', async (args, reason) => {
  const { code, stdout, stderr } = await runDescry(['caption', ...args])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).toContain('See: descry caption --help')
})

test('a wrong setting is exit code 2', async () => {
  const { code, stderr } = await runDescry(['caption', 'a.jpg'], {
    env: { DESCRY_MAX_IMAGE_PIXELS: 'many' },
  })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^Bad configuration:\n {2}DESCRY_MAX_IMAGE_PIXELS: /)
})

test('Ctrl-C prints what is done and says what is left', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '3.jpg', '4.jpg')
  await using fake = await fakeCaptioner((call) => ({
    text: 'done',
    afterMs: call > 2 ? 60_000 : 0,
  }))
  const args = ['caption', '--parallel', '1', '.']
  const child = spawnDescry(args, { cwd: folder.path, env: fake.env })
  const finished = finish(child)
  await fake.called(3)
  child.kill('SIGINT')
  const { code, stdout, stderr } = await finished
  expect(code).toBe(130)
  expect(lines(stdout)).toEqual(['1.jpg\tdone', '2.jpg\tdone'])
  expect(stderr).toBe('2 captioned, 0 failed, stopped with 2 left.\n')
})

test('a reader that goes away ends it quietly', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg')
  await using fake = await fakeCaptioner(() => ({
    text: Array.from({ length: 2000 }, (_, i) => `thing${i}`).join(' '),
    afterMs: 50,
  }))
  const args = ['caption', '--parallel', '1', '.']
  const child = spawnDescry(args, { cwd: folder.path, env: fake.env })
  const ended = once(child, 'exit')
  let stderr = ''
  child.stderr!.on('data', (chunk) => {
    stderr += chunk
  })
  await once(child.stdout!, 'data')
  child.stdout!.destroy()
  await ended
  expect(stderr).toBe('')
  expect(fake.calls).toBeLessThan(5)
})
