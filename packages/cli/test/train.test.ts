import { once } from 'node:events'
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFakeHub } from '../../ml/test/fake-hub.ts'
import { writeBackbone } from '../../ml/test/write-backbone.ts'
import { firstWords, runDescry, startDescry } from './run-descry.ts'
import { spawnDescry } from './spawn-descry.ts'

const colors = ['red', 'green', 'blue', 'yellow'] as const
const small = ['--size', 'tiny', '--batch', '8', '--minimum-count', '1', '--threads', '1']

let folder: string
const descry = (...args: string[]) => runDescry(args, { cwd: folder })
const train = (out: string, ...more: string[]) =>
  descry('train', '--data', 'data', '--out', out, ...small, ...more)
const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'))

/** 96 pictures of one colour each, which their captions name. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-train-'))
  await mkdir(join(folder, 'source'))
  const rows = await Promise.all(
    Array.from({ length: 96 }, async (_, i) => {
      const background = colors[i % colors.length] ?? 'red'
      const create = { width: 24 + i, height: 24, channels: 3, background } as const
      await sharp({ create })
        .png()
        .toFile(join(folder, 'source', `${i}.png`))
      const split = i < 24 ? 'train' : i < 88 ? 'val' : 'test'
      return [`${i}.png,${split},a ${background} square`, `${i}.png,${split},it is ${background}`]
    }),
  )
  await writeFile(
    join(folder, 'source/list.csv'),
    `image,split,caption\n${rows.flat().join('\n')}\n`,
  )
  const args = ['--from', 'source', '--to', 'data', '--image-size', '48']
  expect((await descry('data', 'prepare', ...args)).code).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('captions that are too long are counted, and --length makes room for them', async () => {
  const short = await train('runs/short', '--epochs', '1', '--length', '3')
  expect(short.stderr).toContain(
    '48 of 48 captions are too long and are cut; the longest has 3 words. To learn them whole, give --length 4.\n',
  )
  const long = await train('runs/long', '--epochs', '1', '--length', '30')
  expect(long.stderr).not.toContain('too long')
  expect(await read('runs/long/model.json')).toMatchObject({
    settings: { decoder: { length: 30 } },
    decoding: { maxLength: 30 },
  })
})

test('a run learns its pictures, and its folder is a model that can be scored', async () => {
  const { code, stdout } = await train('runs/a', '--epochs', '25', '--rate', '0.005')
  expect(code).toBe(0)
  expect(stdout).toMatch(/epoch 1: loss \d\.\d+.*\n(?:.*\n)*epoch 25: loss/)
  expect((await readdir(join(folder, 'runs/a'))).sort()).toEqual([
    '.lock',
    'checkpoint.bin',
    'curves.jsonl',
    expect.stringMatching(/^decoder-[0-9a-f]{8}\.onnx$/),
    expect.stringMatching(/^encoder-[0-9a-f]{8}\.onnx$/),
    'model.json',
    'report.html',
  ])
  expect(await readFile(join(folder, 'runs/a/report.html'), 'utf8')).toContain('Caption loss (dev)')

  const args = ['--model', 'runs/a', '--data', 'data', '--json']
  const dev = JSON.parse((await descry('evaluate', ...args, '--record')).stdout)
  expect(dev.Bleu_1).toBeGreaterThan(0.7) // it names the right colour
  const test = JSON.parse((await descry('evaluate', ...args, '--split', 'test', '--record')).stdout)
  expect(Object.keys(test)).toEqual([
    'images',
    ...['Bleu_1', 'Bleu_2', 'Bleu_3', 'Bleu_4', 'METEOR', 'ROUGE_L', 'CIDEr'],
    ...['confidenceCorrelation', 'calibrationError'],
    ...['labelPrecision', 'reliableLabels', 'labelsPerImage', 'meteorVariant', 'samples'],
  ])
  const card = await read('runs/a/model.json')
  expect(card.metrics.test.CIDEr).toBe(test.CIDEr)
  expect(card.calibration).toMatchObject({ level: expect.any(Number), slope: expect.any(Number) })
  const shown = card.shownLabels.map(({ word }: { word: string }) => word)
  expect(shown.length).toBeGreaterThan(0)
  expect(colors).toEqual(expect.arrayContaining(shown))
  expect(dev.labelPrecision).toBeGreaterThan(0.9)
}, 120_000)

test('a dev split too small to calibrate with is scored, and stderr says what it lacks', async () => {
  const rows = Array.from({ length: 8 }, (_, i) => `${i}.png,val,a ${colors[i % 4]} square`)
  await mkdir(join(folder, 'few'))
  for (const i of rows.keys()) {
    await copyFile(join(folder, 'source', `${i}.png`), join(folder, 'few', `${i}.png`))
  }
  await writeFile(join(folder, 'few/list.csv'), `image,split,caption\n${rows.join('\n')}\n`)
  await descry('data', 'prepare', '--from', 'few', '--to', 'few-prepared', '--image-size', '48')
  await train('runs/few', '--epochs', '1')
  const args = ['--model', 'runs/few', '--data', 'few-prepared', '--record']
  const { code, stdout, stderr } = await descry('evaluate', ...args)
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/were not calibrated: dev needs 10 images in each of its halves/),
  })
  expect(stdout).toMatch(/^Bleu_1/)
  const { calibration, shownLabels, metrics } = await read('runs/few/model.json')
  expect({ calibration, shownLabels }).toEqual({ calibration: null, shownLabels: null })
  expect(metrics.dev.CIDEr).toEqual(expect.any(Number))
})

const backboneArgs = ['--backbone', 'acme/eyes', '--size', 'tiny', '--epochs', '1']

test('a backbone comes from a repository once, and then the model captions by itself', async () => {
  const files = { 'onnx/model.onnx': Buffer.from(writeBackbone()), 'README.md': 'eyes' }
  await using hub = await startFakeHub({
    repositories: { 'acme/eyes': { commit: 'c0ffee'.padEnd(40, '0'), files, largeFrom: 100 } },
  })
  const trainWith = (out: string, env: Record<string, string>) =>
    runDescry(['train', '--data', 'data', '--out', out, ...small, ...backboneArgs], {
      cwd: folder,
      env: { HF_ENDPOINT: hub.endpoint, ...env },
    })
  const offline = await trainWith('runs/eyes', { HF_HUB_OFFLINE: '1' })
  expect(offline).toMatchObject({ code: 1, stderr: expect.stringMatching(/offline/) })
  expect(hub.requests).toEqual([])

  expect(await trainWith('runs/eyes', {})).toMatchObject({ code: 0, stderr: '' })
  const card = await read('runs/eyes/model.json')
  expect(card.backbone).toMatchObject({
    name: expect.stringMatching(/^acme\/eyes@c0ffee0+\/onnx\/model\.onnx$/),
    output: 'places',
    tokens: 4,
    channels: 2,
  })
  expect(await readdir(join(folder, 'data/features'))).toHaveLength(1)

  const asked = hub.requests.length
  expect((await trainWith('runs/eyes-again', { HF_HUB_OFFLINE: '1' })).code).toBe(0)
  expect(hub.requests).toHaveLength(asked)

  const caption = await runDescry(['caption', 'source/1.png'], {
    cwd: folder,
    env: { DESCRY_BUILTIN_MODEL: 'runs/eyes' },
  })
  expect(caption).toMatchObject({ code: 0, stderr: '' })
  const more = await descry(
    ...['train', '--data', 'data', '--out', 'runs/more', '--epochs', '1'],
    ...['--init', 'runs/eyes'],
  )
  expect(more).toMatchObject({ code: 0, stderr: '' })
}, 120_000)

test.each([
  [['--size', 'reference'], 2, /give --backbone FILE or OWNER\/NAME/],
  [['--backbone-output', 'x'], 2, /--backbone is needed/],
  [['--backbone', 'nowhere.onnx'], 2, /There is no file nowhere\.onnx/],
  [['--backbone', 'source/list.csv'], 1, /list\.csv (cannot be read|is not an ONNX)/],
])('a wrong backbone %j ends in a line that says what to do', async (args, code, message) => {
  const result = await descry('train', '--data', 'data', '--out', 'runs/wrong', ...args)
  expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) })
  expect(result.stderr).not.toContain('    at ')
})

const teacherArgs = ['--teacher', 'teacher.onnx', '--unlabeled', 'more', '--teacher-views', '2']

test('an encoder is taught alone first, then with captions, and the card says who taught it', async () => {
  await writeFile(join(folder, 'teacher.onnx'), writeBackbone())
  await mkdir(join(folder, 'more'))
  for (const background of ['orange', 'purple', 'gray']) {
    const create = { width: 24, height: 24, channels: 3, background } as const
    await sharp({ create })
      .png()
      .toFile(join(folder, 'more', `${background}.png`))
  }
  await writeFile(join(folder, 'more/torn.jpg'), 'torn')

  const first = await train('runs/seen', ...teacherArgs, '--teach-only', '--epochs', '2')
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /epoch 1: teaching \d\.\d+; dev teaching \d\.\d+\n.*\n.*Continue with: .*--init/,
    ),
    stderr: expect.stringMatching(
      /^more: 3 pictures; left out 1 × image-unreadable \(torn\.jpg\)\.\n$/,
    ),
  })

  const args = [
    'train',
    '--data',
    'data',
    '--out',
    'runs/taught',
    '--threads',
    '1',
    '--epochs',
    '1',
  ]
  const second = await descry(
    ...args,
    '--init',
    'runs/seen',
    ...teacherArgs,
    '--teacher-weight',
    '2',
  )
  expect(second).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /epoch 1: loss .*, of labels .*, teaching .*; dev loss .*, teaching .*, CIDEr/,
    ),
  })
  const card = await read('runs/taught/model.json')
  expect(card.training).toMatchObject({
    startedFrom: 'runs/seen',
    teacher: { name: 'teacher.onnx', places: 4, channels: 2, views: 2, weight: 2, extraImages: 3 },
  })
  expect(await readFile(join(folder, 'runs/taught/report.html'), 'utf8')).toContain('Teaching loss')

  const other = await descry(...args, '--init', 'runs/seen', ...teacherArgs, '--resume')
  expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/another teacher/) })
}, 120_000)

test.each([
  [['--teacher', 'nowhere.onnx'], 2, /There is no file nowhere\.onnx\. --teacher takes/],
  [['--teacher', 'source/list.csv'], 1, /list\.csv (cannot be read|is not an ONNX)/],
])('a wrong teacher %j ends in a line that says what to do', async (args, code, message) => {
  const result = await descry('train', '--data', 'data', '--out', 'runs/wrong', ...args)
  expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) })
  expect(result.stderr).not.toContain('    at ')
})

test('pictures of the test split are refused beside the dataset, by name', async () => {
  await writeFile(join(folder, 'teacher.onnx'), writeBackbone())
  const args = ['--teacher', 'teacher.onnx', '--unlabeled', 'source']
  const result = await train('runs/leaky', ...args)
  expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/tested on: .*\.png/) })
})

test('a reader that stops reading stops no training', async () => {
  const args = ['train', '--data', 'data', '--out', 'runs/piped', ...small, '--epochs', '3']
  const child = spawnDescry(args, { cwd: folder })
  child.stdout?.once('data', () => child.stdout?.destroy())
  const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr!)])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect((await read('runs/piped/model.json')).training.epochs).toBeGreaterThan(0)
})

test('pictures of another size than the model looks at are refused, not scored wrongly', async () => {
  await train('runs/sized', '--epochs', '1')
  const prepare = ['data', 'prepare', '--from', 'source', '--to', 'large', '--image-size', '64']
  expect((await descry(...prepare)).code).toBe(0)
  const scored = await descry('evaluate', '--model', 'runs/sized', '--data', 'large')
  expect(scored).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/Prepare them again with --image-size 48/),
  })
})

test('pictures that changed since they were prepared are found', async () => {
  expect((await descry('data', 'prepare', '--from', 'source', '--to', 'torn')).code).toBe(0)
  const path = join(folder, 'torn/pixels.rgb')
  const pixels = await readFile(path)
  await writeFile(path, pixels.fill(0, 0, 1000))
  const trained = await descry('train', '--data', 'torn', '--out', 'runs/torn')
  expect(trained).toMatchObject({ code: 1, stderr: expect.stringMatching(/SHA-256/) })
})

test('a dataset that holds a run as well is not replaced', async () => {
  const prepare = ['data', 'prepare', '--from', 'source', '--to', 'shared']
  expect((await descry(...prepare)).code).toBe(0)
  await mkdir(join(folder, 'shared/run'))
  const again = await descry(...prepare, '--replace')
  expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/holds more .*run/) })
})

test('captions of a split can be written as COCO results, one an image', async () => {
  await train('runs/b', '--epochs', '1')
  const args = ['--model', 'runs/b', '--data', 'data', '--captions', 'results.json', '--beam', '1']
  expect((await descry('evaluate', ...args)).code).toBe(0)
  const results = await read('results.json')
  expect(results).toHaveLength(64)
  expect(results[0]).toEqual({ image_id: '24.png', caption: expect.any(String) })
})

test('Ctrl-C stops after the current step, and --resume ends where one go would have', async () => {
  expect((await train('runs/whole', '--epochs', '6')).code).toBe(0)
  const args = ['train', '--data', 'data', '--out', 'runs/parts', ...small, '--epochs', '6']
  const command = startDescry(args, { cwd: folder })
  await firstWords(command.stdout)
  command.signal('SIGINT')
  const stopped = await command.finished
  expect(stopped).toMatchObject({ code: 130, stderr: expect.stringContaining('--resume') })
  expect((await train('runs/parts', '--epochs', '6', '--resume')).code).toBe(0)

  const curves = await Promise.all(
    ['whole', 'parts'].map((run) => readFile(join(folder, 'runs', run, 'curves.jsonl'), 'utf8')),
  )
  expect(curves[1]).toBe(curves[0])
}, 60_000)

test('a model trained before is where fine-tuning starts', async () => {
  await train('runs/first', '--epochs', '2')
  const args = ['--data', 'data', '--out', 'runs/second', '--threads', '1']
  const { code } = await descry('train', ...args, '--epochs', '1', '--init', 'runs/first')
  expect(code).toBe(0)
  const [first, second] = await Promise.all([
    read('runs/first/model.json'),
    read('runs/second/model.json'),
  ])
  expect(second.vocabulary).toEqual(first.vocabulary)
  expect(second.training.startedFrom).toBe('runs/first')
})

test.each([
  ['no data', ['train', '--out', 'x'], 2, /--data is needed/],
  [
    'an unknown architecture',
    ['train', '--data', 'data', '--out', 'x', '--arch', 'gan'],
    2,
    /--arch is one of .*not gan/,
  ],
  [
    'a rate of 2',
    ['train', '--data', 'data', '--out', 'x', '--rate', '2'],
    2,
    /--rate is a number above 0 up to 1/,
  ],
  [
    'data that are none',
    ['train', '--data', 'source', '--out', 'x'],
    1,
    /There is no source\/dataset\.json/,
  ],
  [
    'a device that is absent',
    ['train', '--data', 'data', '--out', 'x', ...small, '--device', 'cuda'],
    1,
    /The device cuda is absent/,
  ],
  [
    'a model that is none',
    ['evaluate', '--model', 'source', '--data', 'data'],
    1,
    /There is no source\/model\.json/,
  ],
  [
    'a part of a split that is to be recorded',
    ['evaluate', '--model', 'x', '--data', 'data', '--record', '--images', '3'],
    2,
    /--record is about a whole split/,
  ],
  [
    'a size beside --init',
    ['train', '--data', 'data', '--out', 'x', ...['--init', 'y', '--size', 'tiny']],
    2,
    /--size is that of the model to start from/,
  ],
  [
    'an empty name',
    ['train', '--data', 'data', '--out', 'x', ...['--name', '']],
    2,
    /--name is needed/,
  ],
  [
    'a place in the dataset',
    ['train', '--data', 'data', '--out', 'x', ...['--out', 'data/run']],
    2,
    /--out cannot be in --data/,
  ],
  [
    'a place over the model to start from',
    ['train', '--data', 'data', '--out', 'x', ...['--init', 'x']],
    2,
    /--out is --init/,
  ],
  [
    'a single sample',
    [
      'train',
      '--data',
      'data',
      '--out',
      'x',
      ...['--self-critical', '--captions', '1', '--init', 'y'],
    ],
    2,
    /2 or more/,
  ],
  [
    'a beam that would be recorded as what is served',
    ['evaluate', '--model', 'x', '--data', 'data', '--record', '--beam', '1'],
    2,
    /--record is about captions as they are served/,
  ],
  [
    'captions for a folder that is not there',
    ['evaluate', '--model', 'x', '--data', 'data', '--captions', 'nowhere/x.json'],
    2,
    /--captions nowhere\/x\.json cannot be written/,
  ],
])('%s: one plain line on stderr', async (_what, args, code, message) => {
  const finished = await descry(...args)
  expect(finished).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) })
  expect(finished.stderr).not.toContain('    at ')
})

test('a run that is there is not written over, nor gone on with under other settings', async () => {
  await train('runs/c', '--epochs', '1')
  expect(await train('runs/c', '--epochs', '1')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('runs/c holds a run already'),
  })
  expect(await train('runs/c', '--epochs', '1', '--resume', '--seed', '2')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('with other settings, other data or another architecture'),
  })
})

test('a model file that was cut off is named', async () => {
  await train('runs/d', '--epochs', '1')
  const [name = ''] = (await readdir(join(folder, 'runs/d'))).filter((file) =>
    file.startsWith('encoder'),
  )
  await truncate(join(folder, 'runs/d', name), 1000)
  const { code, stderr } = await descry('evaluate', '--model', 'runs/d', '--data', 'data')
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(
      /^runs\/d\/encoder-.*\.onnx has 1000 bytes instead of what model\.json says/,
    ),
  })
})
