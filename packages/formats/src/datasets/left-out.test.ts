import { expect, test } from 'vitest'
import { readDataset } from './read-dataset.ts'
import { image, oneImageAnd, sampleFolder } from './sample-folder.ts'

test.each([
  [
    'a name without a file',
    {
      'Flickr8k.token.txt': '2258277193_586949ec62.jpg.1#0\tPeople .\na.jpg#0\tA .\n',
      'a.jpg': image,
    },
    'image-not-found',
    '2258277193_586949ec62.jpg.1',
  ],
  [
    'a name that two files have',
    { 'list.csv': 'image,caption\na.jpg,A\n', 'x/a.jpg': image, 'y/a.jpg': image },
    'image-name-ambiguous',
    'a.jpg',
  ],
  [
    'a name that leads outside',
    oneImageAnd({ file: '../b.jpg', captions: ['B'] }),
    'image-name-unsafe',
  ],
  ['an absolute name', oneImageAnd({ file: '/etc/b.jpg', captions: ['B'] }), 'image-name-unsafe'],
  ['a Windows name', oneImageAnd({ file: 'C:\\b.jpg', captions: ['B'] }), 'image-name-unsafe'],
  [
    'an image that no caption names',
    { ...oneImageAnd({ file: 'a.jpg', captions: [] }), 'images/b.jpg': image },
    'image-without-captions',
    'images/b.jpg',
  ],
  [
    'an image with an empty list of captions',
    { 'captions.json': [{ file: 'b.jpg', captions: [] }], 'b.jpg': image },
    'image-without-captions',
    'b.jpg',
  ],
  [
    'a caption of white space',
    { 'captions.json': [{ file: 'b.jpg', captions: ['\n \t', 'B'] }], 'b.jpg': image },
    'caption-empty',
    'b.jpg',
  ],
  [
    'a caption with NUL',
    { 'captions.json': [{ file: 'b.jpg', captions: ['a\0b', 'B'] }], 'b.jpg': image },
    'caption-invalid',
    'b.jpg',
  ],
  [
    'a caption with half a character',
    { 'captions.json': '[{"file": "b.jpg", "captions": ["a \\ud83d"]}]', 'b.jpg': image },
    'caption-invalid',
    'b.jpg',
  ],
  [
    'an image listed twice',
    oneImageAnd({ file: './images/a.jpg', captions: ['B'], split: 'test' }),
    'duplicate-entry',
    'images/a.jpg',
  ],
  [
    'a Flickr8k line twice',
    { 'Flickr8k.token.txt': 'a.jpg#0\tA .\na.jpg#0\tA .\n', 'a.jpg': image },
    'duplicate-entry',
    'a.jpg#0',
  ],
  [
    'an image in two split lists',
    {
      'Flickr8k.token.txt': 'a.jpg#0\tA .\n',
      'Flickr_8k.trainImages.txt': 'a.jpg\n',
      'Flickr_8k.testImages.txt': 'a.jpg\n',
      'a.jpg': image,
    },
    'duplicate-entry',
    'a.jpg',
  ],
  [
    'a COCO annotation twice',
    {
      'captions.json': {
        images: [{ id: 1, file_name: 'a.jpg' }],
        annotations: [1, 1].map((id) => ({ id, image_id: 1, caption: 'A' })),
      },
      'a.jpg': image,
    },
    'duplicate-entry',
    'captions.json, annotation 1',
  ],
  [
    'a COCO annotation of an image that is not listed',
    { 'captions.json': { images: [], annotations: [{ id: 1, image_id: 5, caption: 'A' }] } },
    'image-not-found',
    'image 5',
  ],
  [
    'an element without a file',
    oneImageAnd({ captions: ['A'] }),
    'entry-unreadable',
    'captions.json, element 1',
  ],
  ['a caption that is a number', oneImageAnd({ file: 'a', captions: [1] }), 'entry-unreadable'],
  [
    'a row without a caption',
    { 'list.csv': 'image,caption\na.jpg,A\nb.jpg\n', 'a.jpg': image },
    'entry-unreadable',
    'list.csv, line 3',
  ],
  [
    'a row without its delimiter',
    {
      'results.csv': 'image_name| comment_number| comment\na.jpg| 0| A\nb.jpg| 4   B\n',
      'a.jpg': image,
    },
    'entry-unreadable',
    'results.csv, line 3',
  ],
  [
    'a row whose caption holds the delimiter',
    { 'list.csv': 'image,caption\na.jpg,A,,\nb.jpg,A cat, asleep\n', 'a.jpg': image },
    'entry-unreadable',
    'list.csv, line 3',
  ],
  [
    'a picture of a kind that is not read',
    { 'list.csv': 'image,caption\na.jpg,A\n', 'a.jpg': image, 'b.HEIC': image },
    'image-without-captions',
    'b.HEIC',
  ],
  [
    'a line that is no JSON',
    { 'metadata.jsonl': '{"file_name": "a.jpg", "text": "A"}\n{"file', 'a.jpg': image },
    'entry-unreadable',
    'metadata.jsonl, line 2',
  ],
  [
    'a text file that is not UTF-8',
    { 'a.jpg': image, 'a.txt': Buffer.from('caf\xe9', 'latin1'), 'b.jpg': image, 'b.txt': 'B' },
    'entry-unreadable',
    'a.txt',
  ],
])('%s is left out and named', async (_what, files, reason, name?: string) => {
  await using folder = await sampleFolder(files)
  const { leftOut } = await readDataset(folder.path)
  const what = name ?? expect.any(String)
  expect(leftOut).toContainEqual(expect.objectContaining({ what, reason }))
})
