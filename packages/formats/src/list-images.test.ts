import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listImages } from './list-images.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-list-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function make(...paths: string[]) {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), '')
  }
}
const codes = async (names: string[]) => {
  const { images, errors } = await listImages(names, folder)
  return { images, errors: errors.map(({ path, code }) => `${path}: ${code}`) }
}

test('a folder gives its images in natural order, deep ones too', async () => {
  await make('p/10.jpg', 'p/9.JPG', 'p/b/2.png', 'p/b/10.png', 'p/b/1.webp', 'p/c.txt', 'p/a.gif')
  const { images, errors } = await codes(['p'])
  expect(images).toEqual([
    'p/9.JPG',
    'p/10.jpg',
    'p/a.gif',
    'p/b/1.webp',
    'p/b/2.png',
    'p/b/10.png',
  ])
  expect(errors).toEqual([])
})

test('hidden files and what macOS leaves behind are skipped', async () => {
  await make(
    'p/.a.jpg',
    'p/.hidden/a.jpg',
    'p/__MACOSX/a.jpg',
    'p/.DS_Store',
    'p/b.jpg',
    'p/._b.jpg',
  )
  expect(await codes(['p'])).toEqual({ images: ['p/b.jpg'], errors: [] })
  expect(await codes(['**/*'])).toEqual({ images: ['p/b.jpg'], errors: [] })
})

test('every picture of a folder is listed, of whatever kind and in capitals too', async () => {
  const extensions = [
    'jpe',
    'JFIF',
    'pjpeg',
    'apng',
    'bmp',
    'tif',
    'TIFF',
    'heic',
    'HEIF',
    'jxl',
    'dng',
  ]
  const names = extensions.map((extension, i) => `p/${10 + i}.${extension}`)
  await make(...names, 'p/a.svg', 'p/b.pdf')
  expect(await codes(['p'])).toEqual({ images: names, errors: [] })
  expect(await codes(['p/*'])).toEqual({ images: names, errors: [] })
})

test.each([
  ['@eaDir', '#recycle', '#snapshot'],
  ['$RECYCLE.BIN', 'System Volume Information', 'Thumbs'],
  ['lost+found', '@Recycle', 'recycler'],
])(
  'folders of the system are passed over unless they are named: %s, %s, %s',
  async (...folders) => {
    await make('p/a.jpg', ...folders.map((name) => `p/deep/${name}/b.jpg/c.jpg`))
    expect(await codes(['p'])).toEqual({ images: ['p/a.jpg'], errors: [] })
    expect(await codes(['p/**/*.jpg'])).toEqual({ images: ['p/a.jpg'], errors: [] })
    const [named] = folders
    expect((await codes([`p/deep/${named}`])).images).toEqual([`p/deep/${named}/b.jpg/c.jpg`])
  },
)

test('a folder that a glob names is searched, also one of the system', async () => {
  await make('p/@eaDir/a.jpg', 'p/Thumbs.jpg')
  expect((await codes(['p/@eaDir/*.jpg'])).images).toEqual(['p/@eaDir/a.jpg'])
  expect((await codes(['p'])).images).toEqual(['p/Thumbs.jpg'])
})

test('the current folder gives plain names', async () => {
  await make('a.jpg', 'b/c.avif')
  expect(await codes(['.'])).toEqual({ images: ['a.jpg', 'b/c.avif'], errors: [] })
})

test('a glob gives the images it matches', async () => {
  await make('p/10.jpg', 'p/2.jpg', 'p/3.txt', 'q/1.jpg')
  expect(await codes(['p/*'])).toEqual({ images: ['p/2.jpg', 'p/10.jpg'], errors: [] })
  expect(await codes(['{p,q}/*.jpg'])).toEqual({
    images: ['p/2.jpg', 'p/10.jpg', 'q/1.jpg'],
    errors: [],
  })
})

test('an absolute glob works as well', async () => {
  await make('p/1.jpg')
  const { images } = await listImages([join(folder, 'p/*.jpg')])
  expect(images.map((path) => join(process.cwd(), path).endsWith('p/1.jpg'))).toEqual([true])
})

test('a file named by hand is taken whatever its extension, each file once', async () => {
  await make('scan', 'p/1.jpg', 'p/2.jpg')
  const names = ['p/2.jpg', 'scan', 'p', './p/1.jpg', join(folder, 'p/2.jpg'), 'p/*']
  expect(await codes(names)).toEqual({ images: ['p/2.jpg', 'scan', 'p/1.jpg'], errors: [] })
})

test('a file whose name looks like a glob is that file', async () => {
  await make('photo[1].jpg', 'photo1.jpg', '{a,b}/c.jpg', 'a/d.jpg')
  expect(await codes(['photo[1].jpg'])).toEqual({ images: ['photo[1].jpg'], errors: [] })
  expect(await codes(['{a,b}'])).toEqual({ images: ['{a,b}/c.jpg'], errors: [] })
})

test('a name that leads to nothing is an error for that name only', async () => {
  await make('a.jpg', 'texts/a.txt')
  expect(await codes(['no.jpg', 'a.jpg', 'no/*.jpg', 'texts', 'a.jpg/b'])).toEqual({
    images: ['a.jpg'],
    errors: ['no.jpg: not-found', 'no/*.jpg: no-images', 'texts: no-images', 'a.jpg/b: not-found'],
  })
})

test('links to files count, links to folders and to nothing do not', async () => {
  await make('real/a.jpg', 'p/b.jpg')
  await symlink(join(folder, 'real/a.jpg'), join(folder, 'p/link.jpg'))
  await symlink(folder, join(folder, 'p/up'))
  await symlink('nowhere', join(folder, 'p/broken.jpg'))
  expect(await codes(['p'])).toEqual({ images: ['p/b.jpg', 'p/link.jpg'], errors: [] })
})

test.skipIf(process.getuid?.() === 0)('an unreadable folder inside is named', async () => {
  await make('p/a.jpg', 'p/closed/b.jpg')
  await chmod(join(folder, 'p/closed'), 0o000)
  const { images, errors } = await codes(['p'])
  await chmod(join(folder, 'p/closed'), 0o700)
  expect(images).toEqual(['p/a.jpg'])
  expect(errors).toEqual(['p/closed: unreadable'])
})

test('something that is neither a file nor a folder is refused', async () => {
  expect(await codes(['/dev/null'])).toEqual({ images: [], errors: ['/dev/null: unreadable'] })
})
