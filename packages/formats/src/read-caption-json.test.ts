import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCaptionJson, readHypothesisJson } from './read-caption-json.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-caption-json-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function save(content: unknown): Promise<string> {
  const path = join(folder, `${files++}.json`)
  const isRaw = typeof content === 'string' || content instanceof Uint8Array
  await writeFile(path, isRaw ? content : JSON.stringify(content))
  return path
}

const coco = {
  info: { year: 2014 },
  images: [{ id: 18, file_name: 'b.jpg' }],
  licenses: [],
  annotations: [
    { image_id: 18, id: 1, caption: 'a cat' },
    { image_id: 7, id: 2, caption: 'a dog' },
    { image_id: 18, id: 3, caption: 'a black cat' },
  ],
}

test.each([
  ['COCO annotations', coco],
  ['COCO annotations before the images', { annotations: coco.annotations, images: coco.images }],
  ['a list of records', coco.annotations.map(({ id, ...record }) => record)],
  ['a map', '{"18": ["a cat", "a black cat"], "7": ["a dog"]}'],
  ['a map behind a byte order mark', '\ufeff{"18": ["a cat", "a black cat"], "7": ["a dog"]}'],
])('%s give captions by image, in the order of the file', async (_what, content) => {
  expect([...(await readCaptionJson(await save(content)))]).toEqual([
    ['18', ['a cat', 'a black cat']],
    ['7', ['a dog']],
  ])
})

test('an image called annotations or __proto__ is an image like any other', async () => {
  const path = await save('{"annotations": ["a list"], "__proto__": ["a thing"]}')
  expect([...(await readCaptionJson(path)).keys()]).toEqual(['annotations', '__proto__'])
})

test.each([
  ['text that is no JSON', 'hello', 'invalid-json', /is not JSON: Unexpected token 'h'/],
  ['an empty file', '', 'invalid-json', /is not JSON: Unexpected end/],
  ['JSON that is cut off', '{"1": ["a dog"', 'invalid-json', /is not JSON: .* position 14/],
  [
    'a text among the records',
    { annotations: [coco.annotations[0], 'oops'] },
    'wrong-shape',
    /annotations holds a text beside its records/,
  ],
  [
    'annotations that are no list',
    { annotations: {} },
    'wrong-shape',
    /: annotations is an object/,
  ],
  ['JSON with something behind it', '{"1": ["a dog"]} x', 'invalid-json', /is not JSON/],
  [
    'bytes that are not UTF-8',
    Buffer.from('{"1": ["caf\xe9"]}', 'latin1'),
    'invalid-utf8',
    /UTF-8/,
  ],
  ['a single value', '"a dog"', 'wrong-shape', /holds a single value/],
  [
    'a text instead of a list',
    { 1: ['a dog'], 17: 'a cat' },
    'wrong-shape',
    /Image 17 is text \("a cat"\)\. Expected/,
  ],
  [
    'a number in a list',
    { 17: ['a dog', 3] },
    'wrong-shape',
    /Caption 2 of image 17 is 3\. Expected/,
  ],
  ['a list in a list', { 17: [['a', 'dog']] }, 'wrong-shape', /Caption 1 of image 17 is a list\./],
  [
    'an image without captions',
    { 1: ['a dog'], 17: [] },
    'wrong-shape',
    /Image 17 has an empty list/,
  ],
  ['no image at all', {}, 'wrong-shape', /There are no captions/],
  [
    'a record without a caption',
    [{ image_id: 17 }],
    'wrong-shape',
    /caption of image 17 \(element 0\) is missing/,
  ],
  [
    'a record without an image',
    { annotations: [{ caption: 'a dog' }] },
    'wrong-shape',
    /image_id of annotations\[0\] is missing/,
  ],
  ['a list of texts', ['a dog'], 'wrong-shape', /element 0 is text \("a dog"\)/],
  ['a key twice', '{"17": ["a dog"], "17": ["a cat"]}', 'duplicate-id', /has image 17 twice/],
  [
    'an empty list, then the key again',
    '{"17": [], "17": ["a cat"]}',
    'duplicate-id',
    /image 17 twice/,
  ],
  [
    'an annotation twice',
    { annotations: [coco.annotations[0], coco.annotations[0]] },
    'duplicate-id',
    /has annotation 1 twice/,
  ],
  ['NUL', { 17: ['a\0dog'] }, 'invalid-text', /A caption of image "17" holds NUL/],
  [
    'half a surrogate pair',
    '{"17": ["a \\ud83d dog"]}',
    'invalid-text',
    /holds half a character \("a \\ud83d dog"\)/,
  ],
])('%s is refused, saying what was found', async (_what, content, code, message) => {
  const error = await readCaptionJson(await save(content)).catch((caught: unknown) => caught)
  expect(error).toMatchObject({
    name: 'FormatError',
    code,
    message: expect.stringMatching(message),
  })
})

test('a file that is not there is said to be missing', async () => {
  await expect(readCaptionJson(join(folder, 'none.json'))).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a folder cannot be read', async () => {
  await expect(readCaptionJson(folder)).rejects.toMatchObject({ code: 'unreadable' })
})

test('hypotheses are exactly one an image', async () => {
  const path = await save({ 1: ['a dog'], 17: ['a cat'] })
  expect([...(await readHypothesisJson(path))]).toEqual([
    ['1', 'a dog'],
    ['17', 'a cat'],
  ])
  const two = await save([
    { image_id: 17, caption: 'a cat' },
    { image_id: 17, caption: 'a dog' },
  ])
  await expect(readHypothesisJson(two)).rejects.toMatchObject({
    code: 'wrong-shape',
    message: expect.stringContaining('has 2 hypotheses for image 17'),
  })
})
