import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { card, line } from './sample-run.ts'
import { writeReport } from './write-report.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-report-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function report(lines: readonly unknown[], model?: object): Promise<string> {
  const texts = lines.map((one) => (typeof one === 'string' ? one : `${JSON.stringify(one)}\n`))
  await writeFile(join(folder, 'curves.jsonl'), texts.join(''))
  if (model) await writeFile(join(folder, 'model.json'), JSON.stringify(model))
  await writeReport(folder)
  return readFile(join(folder, 'report.html'), 'utf8')
}

/** The charts by their titles. */
const chartsOf = (page: string) =>
  new Map(
    [...page.matchAll(/<figure>.*?<b>(.*?)<\/b>.*?<\/figure>/gs)].map(([svg, name]) => [name, svg]),
  )
/** Every coordinate is a number, and nothing of JavaScript's shows. */
const unclean = /NaN|Infinity|undefined|null|\[object/

test('the epoch that is the model is marked in every chart, and its numbers and captions are shown', async () => {
  const page = await report(
    [1, 2, 3, 4].map((epoch) => line(epoch)),
    card(3),
  )
  expect(page).toContain('<h1>harbour</h1>')
  expect(page).toMatch(/trained on 6,000 images of <b>boats<\/b>. 4 of 60 epochs done, seed 7/)
  expect(page).toContain('The model: epoch 3')
  expect(page).toMatch(/<dt>CIDEr<\/dt><dd>0\.300<\/dd>/)
  expect(page).toContain('boat 3')
  expect(page).not.toContain('boat 4')
  const charts = chartsOf(page)
  expect([...charts.keys()]).toEqual(['Caption loss', 'Label loss', 'CIDEr', 'BLEU-4'])
  for (const chart of charts.values()) {
    expect(chart.match(/class="mark"/g)).toHaveLength(1)
    expect(chart).toMatch(/at epoch 3, the model/)
  }
  expect(charts.get('Caption loss')?.match(/<circle/g)).toHaveLength(2) // of dev and of training
})

test('without a card the page has the name of the folder, the last epoch, and no mark', async () => {
  const page = await report([line(1), line(2)])
  expect(page).toContain(`<h1>${basename(folder)}</h1>`)
  expect(page).toContain('The last epoch: 2')
  expect(page).not.toContain('class="mark"')
  expect(page).not.toContain('<details>')
})

test('a model of an epoch that the curves do not have is not taken for the last one', async () => {
  const page = await report([line(1), line(2)], card(3))
  expect(page).toContain('The last epoch: 2')
  expect(page).toContain('The model is of epoch 3, which the curves do not have.')
})

test('lines that are damaged, empty or of something else are left out', async () => {
  const page = await report(
    ['\n[1]\n{"epoch":"4"}\n', line(1), line(2), '{"epoch":3,"capt'],
    card(2),
  )
  expect(page).toContain('2 of 60 epochs done')
  expect(page).not.toMatch(unclean)
})

test.each([
  ['torn', '{"name": "har'],
  ['of no size', JSON.stringify({ ...card(1), settings: { architecture: 'gan', imageSize: 48 } })],
  ['of words for numbers', JSON.stringify(card(1)).replace('"imageSize":48', '"imageSize":"<b>"')],
])('a card that is %s costs the page what it says, not the page', async (_what, text) => {
  await writeFile(join(folder, 'model.json'), text)
  expect(await report([line(1)])).toContain('no model.json here that can be read')
})

test('one epoch is a dot above one label, between two ends of an axis that differ', async () => {
  const chart = chartsOf(await report([line(1)], card(1))).get('CIDEr') ?? ''
  expect(chart).not.toContain('<polyline')
  expect(chart.match(/<circle/g)).toHaveLength(1)
  const labels = [...chart.matchAll(/<text.*?>(.*?)<\/text>/g)].map(([, label]) => label)
  expect(labels).toContain('1')
  expect(new Set(labels).size).toBe(labels.length)
})

test.each([null, 1e300])('a score of %j leaves a gap and harms no chart', async (CIDEr) => {
  const page = await report([line(1), line(2, { CIDEr }), line(3)], card(3))
  expect(page).not.toMatch(unclean)
  expect(chartsOf(page).get('CIDEr')).toMatch(/points="[\d.]+,[\d.]+ [\d.]+,[\d.]+"/)
})

test('self-critical training shows its reward, and no loss of the captions it sampled', async () => {
  const lines = [1, 2].map((epoch) => line(epoch, { captionLoss: -1.234, reward: epoch / 4 }))
  const charts = chartsOf(await report(lines, card(2)))
  expect(charts.get('Reward')).toContain('training <b>0.500</b>')
  expect(charts.get('Caption loss')).toContain('dev <b>')
  expect(charts.get('Caption loss')).not.toContain('training')
})

test('without dev images there are no scores and no samples, and the page says why', async () => {
  const lines = [1, 2].map((epoch) => ({
    epoch,
    captionLoss: 5 - epoch,
    labelLoss: 0.5,
    samples: [],
  }))
  const page = await report(lines, card(2))
  expect([...chartsOf(page).keys()]).toEqual(['Caption loss', 'Label loss'])
  expect(page).toContain('There were no dev images')
  expect(page).toMatch(/<dt>Caption loss \(training\)<\/dt><dd>3\.000<\/dd>/)
  expect(page).not.toContain('A person wrote')
})

test('a run with a teacher shows how close it comes, and says who taught', async () => {
  const taught = { teachLoss: 0.9, devTeachLoss: 0.8 }
  const model = card(2)
  const teacher = { name: 'acme/eyes@c0ffee/model.onnx', extraImages: 12 }
  const page = await report([line(1, taught), line(2, taught)], {
    ...model,
    training: { ...model.training, teacher },
  })
  expect(chartsOf(page).get('Teaching loss')).toContain('dev <b>0.800</b>')
  expect(page).toContain('and 12 images without captions with acme/eyes as its teacher')
})

test('a run in which only the teacher counts has its loss for a headline', async () => {
  const page = await report([{ epoch: 1, teachLoss: 0.9, devTeachLoss: 0.8 }])
  expect([...chartsOf(page).keys()]).toEqual(['Teaching loss'])
  expect(page).toMatch(/<dt>Teaching loss \(dev\)<\/dt><dd>0\.800<\/dd>/)
  expect(page).not.toContain('There were no dev images')
})

test('whatever names, captions and settings say, it is text', async () => {
  const evil = `<img src=x onerror="alert('1')">&`
  const { settings, training } = card(1)
  const page = await report(
    [line(1, { samples: [{ file: evil, caption: evil, reference: evil }] })],
    {
      name: evil,
      settings,
      backbone: { name: evil },
      training: { ...training, data: evil, startedFrom: evil, settings: { [evil]: evil } },
      createdBy: evil,
    },
  )
  expect(page).toContain('<h1>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</h1>')
  expect(page).not.toMatch(/<img|onerror="|'1'|;&</)
})

test('a page that could not be put in place leaves no draft', async () => {
  await mkdir(join(folder, 'report.html'))
  await writeFile(join(folder, 'curves.jsonl'), JSON.stringify(line(1)))
  await expect(writeReport(folder)).rejects.toThrow()
  expect((await readdir(folder)).toSorted()).toEqual(['curves.jsonl', 'report.html'])
})

test('a run without an epoch has no page', async () => {
  await writeReport(folder)
  expect(await readdir(folder)).toEqual([])
})
