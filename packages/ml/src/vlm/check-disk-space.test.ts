import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDiskSpace } from './check-disk-space.ts'

test('the disk of a folder that is not there yet is measured', async () => {
  const folder = join(tmpdir(), 'descry-no-such', 'folder')
  await expect(checkDiskSpace(folder, 1)).resolves.toBeUndefined()
  await expect(checkDiskSpace(folder, 2 ** 60)).rejects.toMatchObject({ code: 'no-space' })
})
