import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { runDescry } from './run-descry.ts'
import { finish, spawnDescry } from './spawn-descry.ts'
import { textFolder } from './text-folder.ts'

const edgeCases = JSON.parse(
  await readFile(join(import.meta.dirname, '../../ml/src/metrics/edge-cases.json'), 'utf8'),
)
const inputs = { 'refs.json': edgeCases.refs, 'hyps.json': edgeCases.hyps }
const files = ['--refs', 'refs.json', '--hyps', 'hyps.json']

test('the COCO keys come out with the reference values, in the COCO order', async () => {
  await using folder = await textFolder(inputs)
  const { code, stdout, stderr } = await score([...files, '--tokenize', 'none', '--json'], folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const json = JSON.parse(stdout)
  const {
    METEOR15_no_paraphrase: METEOR,
    CIDEr_original_vrama91: _,
    ...expected
  } = edgeCases.expected
  for (const [key, value] of Object.entries({ ...expected, METEOR })) {
    expect(json[key], key).toBeCloseTo(value as number, 12)
  }
  expect(Object.keys(json)).toEqual([
    ...['Bleu_1', 'Bleu_2', 'Bleu_3', 'Bleu_4', 'METEOR', 'ROUGE_L', 'CIDEr'],
    ...['meteorVariant', 'images', 'references', 'warnings'],
  ])
  expect(json).toMatchObject({ meteorVariant: 'ex st sy', images: 15 })
  expect(json.warnings).toEqual([
    '1 image whose hypothesis is empty after tokenization (empty_hyp).',
    '1 image with a reference that is empty after tokenization (empty_ref).',
  ])
})

const chinese = {
  'refs.json': { 1: ['一只狗在草地上奔跑', '一只黑色的狗'], 2: ['两个人在海边散步'] },
  'hyps.json': { 1: ['一只狗在草地上'], 2: ['两个人在散步'] },
}

test('texts without spaces are warned of, and --segment scores their words', async () => {
  await using folder = await textFolder(chinese)
  const whole = JSON.parse((await score([...files, '--json'], folder)).stdout)
  expect(whole.warnings).toEqual([
    expect.stringMatching(/^2 images with texts .*no spaces.*\(1, 2\)\.$/),
  ])
  expect(whole).not.toHaveProperty('segmenter')
  expect(whole.Bleu_1).toBeCloseTo(0, 10)

  const words = JSON.parse((await score([...files, '--json', '--segment'], folder)).stdout)
  expect(words).toMatchObject({ segmenter: expect.stringContaining('ICU'), warnings: [] })
  expect(words.Bleu_1).toBeGreaterThan(0.5)
  const table = await score([...files, '--segment', '--cider-df', 'refs.json'], folder)
  expect(table.stdout).toContain('words by Intl.Segmenter, ICU')
})

test('a reference that looks like a printed list is warned of and scored as it is', async () => {
  await using folder = await textFolder({
    'refs.json': { 1: [`['A dog runs.', "It's a dog."]`], 2: ['A cat [sleeping].'] },
    'hyps.json': { 1: ['A dog runs.'], 2: ['A cat.'] },
  })
  const { warnings, references } = JSON.parse((await score([...files, '--json'], folder)).stdout)
  expect(references).toBe(2)
  expect(warnings).toEqual([
    expect.stringMatching(/^1 image with a text that looks like a list .*\(1\)\.$/),
  ])
})

test('--per-image gives every image its scores, in the order of the references', async () => {
  await using folder = await textFolder(inputs)
  const args = [
    ...files,
    '--tokenize',
    'none',
    '--json',
    '--per-image',
    '--metrics',
    'rouge,cider-original',
  ]
  const json = JSON.parse((await score(args, folder)).stdout)
  expect(json.perImage.map(({ image_id }: { image_id: string }) => image_id)).toEqual(
    edgeCases.per_image_order,
  )
  for (const [i, scores] of json.perImage.entries()) {
    expect(Object.keys(scores)).toEqual(['image_id', 'ROUGE_L', 'CIDEr_original'])
    expect(scores.ROUGE_L).toBeCloseTo(edgeCases.per_image.ROUGE_L[i], 12)
    expect(scores.CIDEr_original).toBeCloseTo(edgeCases.per_image.CIDEr_original_vrama91[i], 12)
  }
})

test('raw text of COCO files is tokenized, and only what both files have is scored', async () => {
  const annotations = [
    { image_id: 1, id: 1, caption: 'A dog runs, on the grass.' },
    { image_id: 1, id: 2, caption: 'The dog is running!' },
    { image_id: 2, id: 3, caption: 'Two cats.' },
    { image_id: 3, id: 4, caption: 'A man.' },
  ]
  const results = [
    { image_id: 2, caption: 'two cats' },
    { image_id: 1, caption: 'a dog runs on the grass' },
    { image_id: 9, caption: 'nothing' },
  ]
  await using folder = await textFolder({ 'refs.json': { annotations }, 'hyps.json': results })
  const json = JSON.parse((await score([...files, '--json'], folder)).stdout)
  expect(json.Bleu_2).toBeCloseTo(1, 8)
  expect(json).toMatchObject({ ROUGE_L: 1, METEOR: 1, images: 2, references: 3 })
  expect(json.warnings).toEqual([
    '1 image with references but no hypothesis: left out of every score (3).',
    '1 image with a hypothesis but no references: left out (9).',
  ])
})

test('people get a table and warnings on stderr', async () => {
  await using folder = await textFolder({
    'refs.json': { 1: ['a dog runs'] },
    'hyps.json': { 1: ['a dog runs'] },
  })
  const { code, stdout, stderr } = await score(files, folder)
  expect(code).toBe(0)
  expect(stdout).toBe(
    [
      ...['Bleu_1   1.0000', 'Bleu_2   1.0000', 'Bleu_3   1.0000', 'Bleu_4   0.0316'],
      ...['METEOR   1.0000', 'ROUGE_L  1.0000', 'CIDEr    0.0000', ''],
      '1 image, 1 reference; METEOR 1.5 (ex st sy), without paraphrases: about 3 % below published ones\n',
    ].join('\n'),
  )
  expect(stderr).toMatch(
    /^Warning: CIDEr is always 0 where document frequencies are of a single image/,
  )
})

test('document frequencies of another set give a single image its CIDEr', async () => {
  const one = { 'refs.json': { 1: ['a dog runs'] }, 'hyps.json': { 1: ['a dog runs'] } }
  const table = { ref_len: 100, document_frequency: { a: 100, dog: 7, 'a dog': 5 } }
  const set = { 1: ['A dog runs.'], 2: ['a cat'], 3: ['a car'] }
  await using folder = await textFolder({ ...one, 'df.json': table, 'set.json': set })
  for (const file of ['df.json', 'set.json']) {
    const args = [...files, '--metrics', 'cider', '--cider-df', file, '--json']
    const { CIDEr, warnings } = JSON.parse((await score(args, folder)).stdout)
    expect({ CIDEr, warnings }, file).toEqual({ CIDEr: expect.closeTo(7.5, 10), warnings: [] })
  }
})

test("the user's paraphrase table is used, and said to be", async () => {
  const pairs = {
    'refs.json': { 1: ['a dog next to a car'] },
    'hyps.json': { 1: ['a dog beside a car'] },
  }
  const table = gzipSync('0.5\nnext to\nbeside\n')
  await using folder = await textFolder({ ...pairs, 'paraphrases.gz': table })
  const without = JSON.parse(
    (await score([...files, '--json', '--metrics', 'meteor'], folder)).stdout,
  )
  const args = [...files, '--json', '--metrics', 'meteor', '--meteor-paraphrases', 'paraphrases.gz']
  const { METEOR, meteorVariant } = JSON.parse((await score(args, folder)).stdout)
  expect(meteorVariant).toBe('ex st sy pa')
  expect(METEOR).toBeGreaterThan(without.METEOR)
})

test('document frequencies come through a pipe, too: the file is read once', async () => {
  const one = { 'refs.json': { 1: ['a dog runs'] }, 'hyps.json': { 1: ['a dog runs'] } }
  await using folder = await textFolder({ ...one, 'set.json': { 1: ['a dog runs'], 2: ['a car'] } })
  execFileSync('mkfifo', [join(folder.path, 'pipe')])
  const feeding = spawn('cp', ['set.json', 'pipe'], { cwd: folder.path })
  const args = [...files, '--metrics', 'cider', '--cider-df', 'pipe', '--json']
  const { code, stdout } = await score(args, folder)
  feeding.kill()
  expect({ code, warnings: JSON.parse(stdout).warnings }).toEqual({ code: 0, warnings: [] })
})

test('frequencies of one image are warned of, wherever they come from', async () => {
  const pairs = { 'refs.json': { 1: ['a dog'], 2: ['a cat'] }, 'hyps.json': { 1: ['a'], 2: ['a'] } }
  const table = { ref_len: 1, document_frequency: { a: 1 } }
  await using folder = await textFolder({ ...pairs, 'df.json': table })
  const args = [...files, '--metrics', 'cider', '--cider-df', 'df.json', '--json']
  expect(JSON.parse((await score(args, folder)).stdout).warnings).toEqual([
    expect.stringMatching(/^CIDEr is always 0 where document frequencies are of a single image/),
  ])
})

test('a reader that goes away early is no error', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [i, ['a dog runs']]))
  await using folder = await textFolder({ 'refs.json': many, 'hyps.json': many })
  const child = spawnDescry(['score', ...files, '--per-image', '--json'], { cwd: folder.path })
  child.stdout?.once('data', () => child.stdout?.destroy())
  const [code] = await once(child, 'exit')
  expect({ code, stderr: await text(child.stderr!) }).toEqual({ code: 0, stderr: '' })
})

test.skipIf(!existsSync('/dev/full'))('a full disk is said so, and is exit code 1', async () => {
  await using folder = await textFolder(inputs)
  const disk = await open('/dev/full', 'w')
  const child = spawnDescry(['score', ...files], {
    cwd: folder.path,
    stdio: ['ignore', disk.fd, 'pipe'],
  })
  const { code, stderr } = await finish(child)
  await disk.close()
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('(ENOSPC)') })
})

test('ids cannot give orders to the terminal', async () => {
  const refs = { '\u001b[31mred': ['a dog'], 2: ['a cat'] }
  await using folder = await textFolder({ 'refs.json': refs, 'hyps.json': refs })
  const { stdout } = await score([...files, '--per-image'], folder)
  expect(stdout).toContain('\\x1b[31mred')
  expect(stdout).not.toContain('\u001b')
})

test.each([
  ['no files', [], 2, /Name both files/],
  ['an unknown metric', [...files, '--metrics', 'bleu,spice'], 2, /spice is none/],
  ['an unknown tokenizer', [...files, '--tokenize', 'moses'], 2, /ptb or none, not moses/],
  [
    'an option that would be ignored',
    [...files, '--metrics', 'bleu', '--cider-df', 'df.json'],
    2,
    /not among --metrics/,
  ],
  [
    'paraphrases without METEOR',
    [...files, '--metrics', 'bleu', '--meteor-paraphrases', 'x'],
    2,
    /not among --metrics/,
  ],
  [
    'a missing file',
    ['--refs', 'none.json', '--hyps', 'hyps.json'],
    1,
    /There is no file none\.json/,
  ],
  [
    'two hypotheses',
    ['--refs', 'hyps.json', '--hyps', 'refs.json'],
    1,
    /has 2 hypotheses for image same; exactly one/,
  ],
  [
    'files that have nothing in common',
    ['--refs', 'other.json', '--hyps', 'hyps.json'],
    1,
    /No image has both/,
  ],
  [
    'a paraphrase table that is none',
    [...files, '--meteor-paraphrases', 'other.json'],
    1,
    /other\.json/,
  ],
  [
    'document frequencies that are none',
    [...files, '--cider-df', 'bad-df.json'],
    1,
    /The count of "a" is 9/,
  ],
])('%s: one plain line on stderr', async (_what, args, code, message) => {
  const other = { elsewhere: ['a dog'] }
  const badTable = { ref_len: 3, document_frequency: { a: 9 } }
  await using folder = await textFolder({ ...inputs, 'other.json': other, 'bad-df.json': badTable })
  const finished = await score(args, folder)
  expect(finished).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) })
  expect(finished.stderr).not.toContain('    at ')
})

const score = (args: string[], { path }: { path: string }) =>
  runDescry(['score', ...args], { cwd: path })
