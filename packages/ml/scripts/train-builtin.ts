import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadModel, openPreparedDataset, saveModel } from '../src/index.ts'
import { prepareTrainingData } from '../src/train/training-data.ts'
import { averageModels } from './builtin/average-models.ts'
import { copyUnlabelled } from './builtin/copy-unlabelled.ts'
import { deepenModel } from './builtin/deepen-model.ts'

/**
 * Makes the built-in captioner again, mostly with the commands of a user. Needs Flickr8k and the photos of
 * COCO (DESCRY_TEST_DATA/flickr8k and …/coco), the teacher (DESCRY_TEST_TEACHER) and a day of two cores; an
 * interrupted run goes on when it is started again.
 *
 *   npm run train:builtin
 *
 * 1. Train on what people wrote, twice, the second time with smaller batches from the best weights of the
 *    first; then on CIDEr, three times; average.
 * 2. Deepen the encoder; let the teacher teach it, with pictures that have no captions as well; then train
 *    on captions and teacher together.
 * 3. Score; fit confidence, labels and the photo score; ship.
 */
const root = join(import.meta.dirname, '../../..')
const sources = process.env.DESCRY_TEST_DATA ?? join(root, '../shared/data')
const teacher = join(
  process.env.DESCRY_TEST_TEACHER ?? join(root, '../shared/teacher'),
  'mobilenet_v2-features.onnx',
)
const data = join(root, '.descry/data')
const runs = join(root, '.descry/runs')
const target = join(import.meta.dirname, '../models/builtin')

const LICENCE =
  'Flickr8k (Hodosh, Young and Hockenmaier 2013), for research and education; the photos belong to ' +
  'their authors and are not part of this model'

const LIMITS = [
  'It learned to describe 6,000 photos of people, dogs and sports: other subjects are described with what it knows from there.',
  'It mistakes ages, numbers and genders of people, and invents colours of clothes.',
  'It reads no text, knows no names and does not count beyond two or three.',
  'Screenshots, drawings, charts and documents are beyond it; it turns most of them down.',
]

const small = join(data, 'flickr8k')
const large = join(data, 'flickr8k-224')
const flickr8k = join(sources, 'flickr8k')
prepare(small, [])
prepare(large, ['--image-size', '224'])

train('builtin-begun', small, ['--seed', '1', '--epochs', '40'])
const smaller = ['--batch', '32', '--captions', '3', '--rate', '0.0006']
const fromBegun = ['--init', run('builtin-begun'), '--seed', '2', '--epochs', '20', ...smaller]
train('builtin-continued', small, fromBegun)
const onCider = [1, 2, 3].map((n) => `builtin-on-cider-${n}`)
for (const [i, name] of onCider.entries()) {
  const how = ['--init', run('builtin-continued'), '--self-critical', '--epochs', '1']
  train(name, small, [...how, '--seed', String(3 + i)])
}
await deepen(await averageModels(['builtin-continued', ...onCider].map(run)))

const taught = ['--teacher', teacher, '--teacher-views', '2']
const unlabelled = await copyUnlabelled(join(sources, 'coco'), join(data, 'coco-unlabelled'))
const teachOnly = ['--teach-only', '--also', unlabelled, '--epochs', '1']
train('builtin-taught', large, ['--init', run('builtin-deepened'), ...taught, ...teachOnly])
const together = ['--init', run('builtin-taught'), ...taught, ...smaller]
train('builtin', large, [...together, '--seed', '2', '--epochs', '8'])

for (const split of ['dev', 'test']) {
  descry('evaluate', '--model', run('builtin'), '--data', large, '--split', split, '--record')
}
await ship()
execute([join(import.meta.dirname, 'fit-photo-score.ts'), '--model', target])

function run(name: string): string {
  return join(runs, name)
}

function prepare(to: string, how: readonly string[]): void {
  descry('data', 'prepare', '--from', flickr8k, '--to', to, '--replace', ...how)
}

function train(name: string, from: string, how: readonly string[]): void {
  const common = ['--data', from, '--out', run(name), '--name', 'builtin', '--licence', LICENCE]
  descry('train', ...common, '--dev-images', '1000', '--resume', ...how)
}

/** Two more residual blocks, and labels that are things, actions and colours. */
async function deepen({ card, values }: Awaited<ReturnType<typeof averageModels>>): Promise<void> {
  const prepared = await openPreparedDataset(large)
  const { labels } = prepareTrainingData(prepared, { minimumCount: 5, labels: 600 })
  const { imageSize } = prepared
  prepared.close()
  const model = deepenModel({ card, values }, { blocks: [1, 3, 3], labels })
  const { files: _, ...rest } = model.card
  const startedFrom =
    'the mean of cross-entropy training and three self-critical continuations of it, deepened'
  const training = { ...rest.training, startedFrom }
  const deepened = { ...rest, preprocessing: { square: imageSize }, training }
  await saveModel(run('builtin-deepened'), deepened, { values: model.values })
}

function descry(...args: string[]): void {
  execute([join(root, 'packages/cli/bin/descry.js'), ...args])
}

function execute(command: readonly string[]): void {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', cwd: root })
  if (status !== 0) process.exit(status ?? 1)
}

/** The card and its graphs; checkpoint and curves stay in the runs. */
async function ship(): Promise<void> {
  const { card } = await loadModel(run('builtin'))
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true })
  for (const name of Object.keys(card.files))
    await cp(join(run('builtin'), name), join(target, name))
  const written = JSON.parse(await readFile(join(run('builtin'), 'model.json'), 'utf8'))
  const complete = { ...written, limits: LIMITS }
  await writeFile(join(target, 'model.json'), `${JSON.stringify(complete, null, 2)}\n`)
}
