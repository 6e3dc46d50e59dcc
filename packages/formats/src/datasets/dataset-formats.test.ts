import { relative } from 'node:path'
import { expect, test } from 'vitest'
import type { DatasetFormat } from './dataset-formats.ts'
import { readDataset } from './read-dataset.ts'
import { image, imagesIn, sampleFolder } from './sample-folder.ts'

type Case = {
  files: Record<string, unknown>
  format: DatasetFormat
  recognisedBy: string
  images: string[]
  splits?: 'hashed'
}

const cases: Record<string, Case> = {
  'the original Flickr8k, with images in a folder': {
    files: {
      'Flickr8k.token.txt':
        'a.jpg#0\tA dog .\na.jpg#1\tA pet .\nb.jpg#0\tA cat .\nc.jpg#0\tOne .\n',
      'Flickr_8k.trainImages.txt': 'a.jpg\n',
      'Flickr_8k.devImages.txt': 'b.jpg\r\n',
      'Flickr_8k.testImages.txt': '',
      'Flicker8k_Dataset/a.jpg': image,
      'Flicker8k_Dataset/b.jpg': image,
      'Flicker8k_Dataset/c.jpg': image,
    },
    format: 'flickr8k',
    recognisedBy: 'Flickr8k.token.txt',
    images: [
      'a.jpg a.jpg Flicker8k_Dataset/a.jpg train: A dog . | A pet .',
      'b.jpg b.jpg Flicker8k_Dataset/b.jpg dev: A cat .',
      'c.jpg c.jpg Flicker8k_Dataset/c.jpg unused: One .',
    ],
  },
  "Kaggle's Flickr8k": {
    files: {
      'captions.txt': 'image,caption\na.jpg,"A dog , running ."\na.jpg,"A ""good"" dog"\n',
      'Flickr_8k.testImages.txt': 'a.jpg\n',
      'Images/a.jpg': image,
    },
    format: 'flickr8k',
    recognisedBy: 'captions.txt with the header image,caption',
    images: ['a.jpg a.jpg Images/a.jpg test: A dog , running . | A "good" dog'],
  },
  'captions.json': {
    files: {
      'captions.json': [
        { file: 'b.jpg', captions: ['B'], split: 'dev' },
        { file: 'a.jpg', captions: ['A', 'AA'], split: 'train' },
        { file: 'c.jpg', captions: ['C'], split: null },
        { file: 'd.jpg', captions: ['D'], split: 'unassigned' },
      ],
      ...imagesIn('images', 'a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'),
    },
    format: 'descry-json',
    recognisedBy: 'captions.json, a list',
    images: [
      'b.jpg b.jpg images/b.jpg dev: B',
      'a.jpg a.jpg images/a.jpg train: A | AA',
      'c.jpg c.jpg images/c.jpg unused: C',
      'd.jpg d.jpg images/d.jpg unused: D',
    ],
  },
  'COCO, with a file a split': {
    files: {
      'annotations/captions_train2017.json': {
        annotations: [
          { id: 1, image_id: 7, caption: 'A dog' },
          { id: 2, image_id: 7, caption: 'A pet' },
        ],
        images: [{ id: 7, file_name: '007.jpg' }],
      },
      'annotations/captions_val2017.json': {
        images: [{ id: 8, file_name: '008.jpg' }],
        annotations: [{ id: 3, image_id: 8, caption: 'A cat' }],
      },
      'annotations/instances_val2017.json': { images: [], annotations: [] },
      ...imagesIn('train2017', '007.jpg'),
      ...imagesIn('val2017', '008.jpg'),
    },
    format: 'coco',
    recognisedBy: 'annotations/captions_train2017.json, annotations/captions_val2017.json',
    images: [
      '7 007.jpg train2017/007.jpg train: A dog | A pet',
      '8 008.jpg val2017/008.jpg dev: A cat',
    ],
  },
  "Karpathy's split": {
    files: {
      'dataset_coco.json': {
        images: [
          karpathyImage('a.jpg', 'restval', { cocoid: 17, filepath: 'val2014' }),
          karpathyImage('b.jpg', 'val', { imgid: 3 }),
          karpathyImage('c.jpg', 'test', {}),
          { filename: 'd.jpg', split: 'train', sentences: [{ tokens: ['a', 'cow'] }] },
        ],
        dataset: 'coco',
      },
      ...imagesIn('val2014', 'a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'),
    },
    format: 'karpathy',
    recognisedBy: 'dataset_coco.json',
    images: [
      '17 val2014/a.jpg val2014/a.jpg train: Says a.jpg',
      '3 b.jpg val2014/b.jpg dev: Says b.jpg',
      'c.jpg c.jpg val2014/c.jpg test: Says c.jpg',
      'd.jpg d.jpg val2014/d.jpg train: a cow',
    ],
  },
  'CSV with a column for the split': {
    files: {
      'list.csv':
        '\ufeffFile_Name,split,Text\r\nb.jpg,val,"two\r\nlines"\r\n./a.jpg,train,A\r\nb.jpg,val,B\r\n',
      ...imagesIn('.', 'a.jpg', 'b.jpg'),
    },
    format: 'csv',
    recognisedBy: 'list.csv',
    images: ['b.jpg b.jpg b.jpg dev: two lines | B', 'a.jpg a.jpg a.jpg train: A'],
  },
  'CSV with a file a split': {
    files: {
      'train.csv': 'image,caption\na.jpg,A\n',
      'test.csv': 'image,caption\nb.jpg,B\n',
      ...imagesIn('pictures', 'a.jpg', 'b.jpg'),
    },
    format: 'csv',
    recognisedBy: 'test.csv, train.csv',
    images: ['b.jpg b.jpg pictures/b.jpg test: B', 'a.jpg a.jpg pictures/a.jpg train: A'],
  },
  'imagefolder with metadata in each split': {
    files: {
      'train/metadata.jsonl':
        '{"file_name": "a.jpg", "text": "A"}\n\n{"file_name": "a.jpg", "text": "AA"}\n',
      'validation/metadata.csv': 'file_name,text\na.jpg,B\n',
      ...imagesIn('train', 'a.jpg'),
      ...imagesIn('validation', 'a.jpg'),
    },
    format: 'imagefolder',
    recognisedBy: 'train/metadata.jsonl, validation/metadata.csv',
    images: [
      'train/a.jpg train/a.jpg train/a.jpg train: A | AA',
      'validation/a.jpg validation/a.jpg validation/a.jpg dev: B',
    ],
  },
  'imagefolder with metadata above the splits': {
    files: {
      'metadata.jsonl': '{"file_name": "test/a.png", "captions": ["A", "AA"]}',
      ...imagesIn('test', 'a.png'),
    },
    format: 'imagefolder',
    recognisedBy: 'metadata.jsonl',
    images: ['test/a.png test/a.png test/a.png test: A | AA'],
  },
  'text files beside images': {
    files: {
      'train/10.jpg': image,
      'train/10.txt': 'Ten\n\nA number\n',
      'train/9.webp': image,
      'train/9.txt': '\ufeffNine',
      'readme.txt': 'About',
    },
    format: 'imagefolder',
    recognisedBy: 'train/9.txt beside train/9.webp',
    images: [
      'train/9.webp train/9.webp train/9.webp train: Nine',
      'train/10.jpg train/10.jpg train/10.jpg train: Ten | A number',
    ],
  },
  "Flickr30k's token file": {
    files: {
      'results_20130124.token': 'a.jpg#0\tA dog .\na.jpg#1\tA pet .\n',
      'flickr30k-images/a.jpg': image,
    },
    format: 'flickr8k',
    recognisedBy: 'results_20130124.token',
    splits: 'hashed',
    images: ['a.jpg a.jpg flickr30k-images/a.jpg train: A dog . | A pet .'],
  },
  "Flickr8k's token file by another name, beside its lemmas": {
    files: {
      'Flickr8k.lemma.token.txt': 'a.jpg#0\tdog .\n',
      'captions.txt': 'a.jpg#0\tA dog .\n',
      'Flickr_8k.trainImages.txt': 'a.jpg\n',
      'a.jpg': image,
    },
    format: 'flickr8k',
    recognisedBy: 'captions.txt',
    images: ['a.jpg a.jpg a.jpg train: A dog .'],
  },
  "Kaggle's Flickr30k": {
    files: {
      'captions.txt': 'image_name,comment_number,comment\na.jpg,0,"A dog , running ."\n',
      'a.jpg': image,
    },
    format: 'flickr8k',
    recognisedBy: 'captions.txt with the header image_name,comment_number,comment',
    splits: 'hashed',
    images: ['a.jpg a.jpg a.jpg train: A dog , running .'],
  },
  'a table with | between its columns': {
    files: {
      'results.csv': 'image_name| comment_number| comment\na.jpg| 0| A "good" dog , running .\n',
      'a.jpg': image,
    },
    format: 'csv',
    recognisedBy: 'results.csv',
    splits: 'hashed',
    images: ['a.jpg a.jpg a.jpg train: A "good" dog , running .'],
  },
  'a table with tabs, and one with semicolons': {
    files: {
      'train.tsv': 'FilePath\tTitle\tCaption\na.jpg\tno\tA; dog, running\n',
      'test.csv': 'image path;description\nb.jpg;"A; cat"\n',
      ...imagesIn('.', 'a.jpg', 'b.jpg'),
    },
    format: 'csv',
    recognisedBy: 'test.csv, train.tsv',
    images: ['b.jpg b.jpg b.jpg test: A; cat', 'a.jpg a.jpg a.jpg train: A; dog, running'],
  },
  'COCO beside the images of each split, with the same ids in each': {
    files: {
      'train/_annotations.coco.json': cocoOf([1, 'a.jpg', 'A'], [2, 'b.jpg', 'B']),
      'valid/_annotations.coco.json': cocoOf([1, 'a.jpg', 'C']),
      ...imagesIn('train', 'a.jpg', 'b.jpg'),
      ...imagesIn('valid', 'a.jpg'),
    },
    format: 'coco',
    recognisedBy: 'train/_annotations.coco.json, valid/_annotations.coco.json',
    images: [
      'train/a.jpg train/a.jpg train/a.jpg train: A',
      'train/b.jpg train/b.jpg train/b.jpg train: B',
      'valid/a.jpg valid/a.jpg valid/a.jpg dev: C',
    ],
  },
  'COCO in folders of a folder, with images below it': {
    files: {
      'set/annotations/readme.json': {},
      'set/train/annotations.json': cocoOf([1, 'images/a.jpg', 'A']),
      'set/test/annotations.json': cocoOf([7, 'images/b.jpg', 'B']),
      'set/train/images/a.jpg': image,
      'set/test/images/b.jpg': image,
    },
    format: 'coco',
    recognisedBy: 'set/test/annotations.json, set/train/annotations.json',
    images: [
      '7 set/test/images/b.jpg set/test/images/b.jpg test: B',
      '1 set/train/images/a.jpg set/train/images/a.jpg train: A',
    ],
  },
  'imagefolder with metadata in folders of any name': {
    files: {
      'cats/metadata.jsonl': '{"file_name": "a.jpg", "text": "A"}',
      'deep/test/metadata.csv': 'file_name,text\nb/a.jpg,B\n',
      ...imagesIn('cats', 'a.jpg'),
      'deep/test/b/a.jpg': image,
    },
    format: 'imagefolder',
    recognisedBy: 'cats/metadata.jsonl, deep/test/metadata.csv',
    images: [
      'cats/a.jpg cats/a.jpg cats/a.jpg unused: A',
      'deep/test/b/a.jpg deep/test/b/a.jpg deep/test/b/a.jpg test: B',
    ],
  },
  'text files of other names beside images': {
    files: {
      'train/a.png': image,
      'train/a.caption': 'A',
      'train/b.JPG': image,
      'train/b.TXT': 'B',
      'train/c.jpg': image,
      'train/c.jpg.txt': 'C',
      'train/d.jpeg': image,
      'train/D.Caption': 'D',
      'train/\u00e9.jpg': image,
      'train/e\u0301.txt': 'E',
    },
    format: 'imagefolder',
    recognisedBy: 'train/a.caption beside train/a.png',
    images: [
      'train/a.png train/a.png train/a.png train: A',
      'train/b.JPG train/b.JPG train/b.JPG train: B',
      'train/c.jpg train/c.jpg train/c.jpg train: C',
      'train/d.jpeg train/d.jpeg train/d.jpeg train: D',
      'train/\u00e9.jpg train/\u00e9.jpg train/\u00e9.jpg train: E',
    ],
  },
  'names whose accents are written in the other form': {
    files: {
      'list.csv': 'image,caption,split\ncafe\u0301.jpg,A,train\nna\u00efve.jpg,B,train\n',
      'x/caf\u00e9.jpg': image,
      'nai\u0308ve.jpg': image,
    },
    format: 'csv',
    recognisedBy: 'list.csv',
    images: [
      'cafe\u0301.jpg cafe\u0301.jpg x/caf\u00e9.jpg train: A',
      'na\u00efve.jpg na\u00efve.jpg nai\u0308ve.jpg train: B',
    ],
  },
  'a name in two forms, each exactly': {
    files: {
      'list.csv': 'image,caption,split\ne\u0301.jpg,A,train\n\u00e9.jpg,B,train\n',
      'e\u0301.jpg': image,
      '\u00e9.jpg': image,
    },
    format: 'csv',
    recognisedBy: 'list.csv',
    images: [
      'e\u0301.jpg e\u0301.jpg e\u0301.jpg train: A',
      '\u00e9.jpg \u00e9.jpg \u00e9.jpg train: B',
    ],
  },
}

test.each(Object.entries(cases))('%s is recognised and read', async (_what, expected) => {
  await using folder = await sampleFolder(expected.files)
  const dataset = await readDataset(folder.path)
  const images = dataset.images.map(
    ({ id, file, path, split, captions }) =>
      `${id} ${file} ${relative(folder.path, path)} ${split}: ${captions.join(' | ')}`,
  )
  expect({ ...dataset, images }).toEqual({
    format: expected.format,
    recognisedBy: expected.recognisedBy,
    splits: expected.splits ?? 'given',
    images: expected.images,
    leftOut: [],
    warnings: [],
  })
})

function karpathyImage(filename: string, split: string, more: object) {
  return { filename, split, ...more, sentences: [{ raw: `Says ${filename}`, tokens: ['x'] }] }
}

function cocoOf(...images: [id: number, file: string, caption: string][]) {
  return {
    images: images.map(([id, file_name]) => ({ id, file_name })),
    annotations: images.map(([id, , caption]) => ({ id, image_id: id, caption })),
  }
}
