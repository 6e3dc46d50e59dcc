import { spawnSync } from 'node:child_process'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes the built-in captioner again, with the commands of a user: prepare; train on what people wrote,
 * twice, the second time with smaller batches from the best weights of the first; train on CIDEr; score. Needs Flickr8k (DESCRY_TEST_DATA/flickr8k) and some hours of two cores; an
 * interrupted run goes on when started again.
 *
 *   npm run train:builtin
 */
const root = join(import.meta.dirname, '../../..')
const source = join(process.env.DESCRY_TEST_DATA ?? join(root, '../shared/data'), 'flickr8k')
const data = join(root, '.descry/data/flickr8k')
const begun = join(root, '.descry/runs/builtin-begun')
const taught = join(root, '.descry/runs/builtin-taught')
const run = join(root, '.descry/runs/builtin')
const target = join(import.meta.dirname, '../models/builtin')

const LICENCE =
  'Flickr8k (Hodosh, Young and Hockenmaier 2013), for research and education; the photos belong to ' +
  'their authors and are not part of this model'

const LIMITS = [
  'It learned from 6,000 photos of people, dogs and sports: other subjects are described with what it knows from there.',
  'It mistakes ages, numbers and genders of people, and invents colours of clothes.',
  'It reads no text, knows no names and does not count beyond two or three.',
  'Screenshots, drawings, charts and documents are beyond it.',
]

descry('data', 'prepare', '--from', source, '--to', data, '--replace')
train(begun, '--epochs', '40')
train(
  taught,
  '--init',
  begun,
  '--epochs',
  '20',
  '--batch',
  '32',
  '--captions',
  '3',
  '--rate',
  '0.0006',
)
train(run, '--init', taught, '--self-critical', '--epochs', '8')
descry('evaluate', '--model', run, '--data', data, '--split', 'dev', '--record')
descry('evaluate', '--model', run, '--data', data, '--split', 'test', '--record')
await ship()

function train(out: string, ...more: string[]): void {
  const common = [
    '--data',
    data,
    '--out',
    out,
    '--name',
    'builtin',
    '--seed',
    '1',
    '--dev-images',
    '1000',
  ]
  descry('train', ...common, '--resume', '--licence', LICENCE, ...more)
}

function descry(...args: string[]): void {
  const command = [join(root, 'packages/cli/bin/descry.js'), ...args]
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', cwd: root })
  if (status !== 0) process.exit(status ?? 1)
}

/** The card and its graphs; checkpoint and curves stay in the run. */
async function ship(): Promise<void> {
  const card = JSON.parse(await readFile(join(run, 'model.json'), 'utf8'))
  const training = { ...card.training, startedFrom: 'the same, before self-critical training' }
  await rm(target, { recursive: true, force: true })
  for (const name of Object.keys(card.files)) await cp(join(run, name), join(target, name))
  await writeFile(
    join(target, 'model.json'),
    `${JSON.stringify({ ...card, training, limits: LIMITS }, null, 2)}\n`,
  )
}
