import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeImage, openWorld, upload, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function post(url: string, image: Uint8Array, name: string) {
  const response = await world.app.inject({ method: 'POST', url, ...upload(image, {}, name) })
  return response.json()
}

const get = async (url: string) => (await world.app.inject({ url })).json()

test('an image keeps every name it came with, the first one first and each once', async () => {
  const picture = await makeImage()
  for (const name of ['zebra.png', 'köter.png', 'zebra.png']) {
    await post('/api/captions', picture, name)
  }
  const { image } = await post('/api/captions', picture, '../a/c.png')
  expect(image.names).toEqual(['zebra.png', 'köter.png', 'c.png'])
  expect((await get(`/api/images/${image.id}`)).names).toEqual(image.names)
})

test('names of the same pixels that arrive at once are all kept', async () => {
  const picture = await makeImage()
  const names = Array.from({ length: 10 }, (_, number) => `${number}.png`)
  const jobs = await Promise.all(names.map((name) => post('/api/jobs/captions', picture, name)))
  expect(jobs.map(({ name }) => name)).toEqual(names)
  expect((await get(`/api/images/${jobs[0].imageId}`)).names.sort()).toEqual(names)
})

test('a job has the name of its own upload', async () => {
  const picture = await makeImage()
  const [one, two] = [
    await post('/api/jobs/captions', picture, 'one.png'),
    await post('/api/jobs/captions', picture, 'two.png'),
  ]
  expect(await get(`/api/jobs/${one.id}`)).toMatchObject({ name: 'one.png' })
  expect((await get('/api/jobs')).items[0]).toMatchObject({ id: two.id, name: 'two.png' })
})

test('an image that was sent without a name has none', async () => {
  const data = (await makeImage()).toString('base64')
  const payload = { data }
  const response = await world.app.inject({ method: 'POST', url: '/api/jobs/captions', payload })
  const job = response.json()
  expect(job.name).toBeNull()
  expect((await get(`/api/images/${job.imageId}`)).names).toEqual([])
})
