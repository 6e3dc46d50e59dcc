import { spawnSync } from 'node:child_process'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LoadedModel, loadModel } from '../src/models/load-model.ts'
import { saveModel } from '../src/models/save-model.ts'

/**
 * Makes the built-in captioner again, with the commands of a user: prepare; train on what people wrote,
 * twice, the second time with smaller batches from the best weights of the first; train on CIDEr, three
 * times; average; score; fit the photo score. Needs Flickr8k and COCO (DESCRY_TEST_DATA/flickr8k, …/coco)
 * and some hours of two cores; an
 * interrupted run goes on when started again.
 *
 *   npm run train:builtin
 */
const root = join(import.meta.dirname, '../../..')
const source = join(process.env.DESCRY_TEST_DATA ?? join(root, '../shared/data'), 'flickr8k')
const data = join(root, '.descry/data/flickr8k')
const begun = join(root, '.descry/runs/builtin-begun')
const taught = join(root, '.descry/runs/builtin-taught')
const continued = [1, 2, 3].map((n) => join(root, `.descry/runs/builtin-continued-${n}`))
const averaged = join(root, '.descry/runs/builtin')
const target = join(import.meta.dirname, '../models/builtin')

const LICENCE =
  'Flickr8k (Hodosh, Young and Hockenmaier 2013), for research and education; the photos belong to ' +
  'their authors and are not part of this model'

const LIMITS = [
  'It learned from 6,000 photos of people, dogs and sports: other subjects are described with what it knows from there.',
  'It mistakes ages, numbers and genders of people, and invents colours of clothes.',
  'It reads no text, knows no names and does not count beyond two or three.',
  'Screenshots, drawings, charts and documents are beyond it: most of them it turns down.',
]

descry('data', 'prepare', '--from', source, '--to', data, '--replace')
train(begun, 1, ['--epochs', '40'])
const smaller = ['--batch', '32', '--captions', '3', '--rate', '0.0006']
train(taught, 2, ['--init', begun, '--epochs', '20', ...smaller])
for (const [i, run] of continued.entries()) {
  train(run, 3 + i, ['--init', taught, '--self-critical', '--epochs', '1'])
}
await average([taught, ...continued])
descry('evaluate', '--model', averaged, '--data', data, '--split', 'dev', '--record')
descry('evaluate', '--model', averaged, '--data', data, '--split', 'test', '--record')
await ship()
run(join(import.meta.dirname, 'fit-photo-score.ts'), '--model', target)

function train(out: string, seed: number, more: string[]): void {
  const common = ['--data', data, '--out', out, '--name', 'builtin', '--licence', LICENCE]
  const how = ['--seed', String(seed), '--dev-images', '1000', '--resume', ...more]
  descry('train', ...common, ...how)
}

/** The mean of weights that went different ways from the same: better than any of them. */
async function average(folders: string[]): Promise<void> {
  const models = await Promise.all(folders.map((folder) => loadModel(folder)))
  const last = models.at(-1) as LoadedModel
  const values = new Map(
    [...last.values].map(([name, { length }]) => [
      name,
      Float32Array.from({ length }, (_, i) => {
        const all = models.map((model) => model.values.get(name)?.[i] ?? Number.NaN)
        return all.reduce((sum, value) => sum + value, 0) / models.length
      }),
    ]),
  )
  const { files: _, ...card } = last.card
  const startedFrom =
    'the mean of cross-entropy training and three self-critical continuations of it'
  await saveModel(averaged, { ...card, training: { ...card.training, startedFrom } }, { values })
}

function descry(...args: string[]): void {
  run(join(root, 'packages/cli/bin/descry.js'), ...args)
}

function run(...command: string[]): void {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', cwd: root })
  if (status !== 0) process.exit(status ?? 1)
}

/** The card and its graphs; checkpoint and curves stay in the runs. */
async function ship(): Promise<void> {
  const card = JSON.parse(await readFile(join(averaged, 'model.json'), 'utf8'))
  await rm(target, { recursive: true, force: true })
  for (const name of Object.keys(card.files)) await cp(join(averaged, name), join(target, name))
  const complete = { ...card, limits: LIMITS }
  await writeFile(join(target, 'model.json'), `${JSON.stringify(complete, null, 2)}\n`)
}
