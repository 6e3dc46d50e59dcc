import {
  type Gallery,
  type GalleryPicture,
  type Outcome,
  type Stage,
  stages,
  verdicts,
} from './gallery.ts'

/** The page in Markdown. Everything on it comes from `pictures.json`. */
export function renderPage({ models, pictures }: Gallery): string {
  const shown = stages.filter((stage) => models[stage] !== null)
  const photos = pictures.filter(({ photo }) => photo)
  const others = pictures.filter(({ photo }) => !photo)
  return [
    '# What the built-in model sees',
    `${pictures.length} pictures from outside the training data, and what the built-in model says of each, good or bad. ${photos.length} are photos; ${others.length} are diagrams, charts, screens, documents, drawings and a rendering, which a model that learned from photos should turn down.`,
    `Each caption was compared with its picture and judged by hand: *right* where it says what is there, *partly* where its main subject is right and something else is invented or wrong, *wrong* otherwise. A picture that is no photo is also *right* where it is turned down. The number is the confidence${shown.includes('before') ? OTHER_MEANING : ''}.`,
    `The models: ${shown.map((stage) => describeModel(stage, models)).join('; ')}.`,
    renderTable(
      ['', ...shown],
      [['photos', photos] as const, ['no photos', others] as const].map(([name, some]) => [
        name,
        ...shown.map((stage) => countVerdicts(some, stage)),
      ]),
    ),
    '## Photos',
    renderPictures(photos, shown),
    '## No photos',
    renderPictures(others, shown),
    '## Where the pictures come from',
    'Every photo comes from a package of Debian 12 (its version is given) and was made smaller and compressed again for this page, without metadata; its licence is that of the photo, not that of Descry. Pictures without a source were made for this page and are under the licence of Descry. This page is written by `npm run gallery`.',
    renderTable(
      ['picture', 'author', 'licence', 'package', 'file in the package'],
      sourcesOf(photos),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** What a model gave as its confidence before was something else. */
const OTHER_MEANING =
  ": *before*, the share of words that people were expected to use as well; *after*, the chance that the caption does as well as people's"

function describeModel(stage: Stage, models: Gallery['models']): string {
  const { weights, testCider } = models[stage]!
  const score = testCider === null ? '' : `, CIDEr ${testCider.toFixed(3)} on Flickr8k's test split`
  return `*${stage}* has the weights ${weights}${score}`
}

function countVerdicts(pictures: readonly GalleryPicture[], stage: Stage): string {
  const count = (verdict: Outcome['verdict']) =>
    pictures.filter((picture) => (picture[stage]?.verdict ?? null) === verdict).length
  const counts = verdicts.map((verdict) => `${count(verdict)} ${verdict}`)
  return [...counts, ...(count(null) > 0 ? [`${count(null)} not judged yet`] : [])].join(', ')
}

const renderPictures = (pictures: readonly GalleryPicture[], shown: readonly Stage[]): string =>
  renderTable(
    ['picture', 'what is there', ...shown],
    pictures.map((picture) => [
      `<img src="gallery/${picture.file}" width="160" alt="${escapeCell(picture.truth)}">`,
      escapeCell(picture.truth),
      ...shown.map((stage) => renderOutcome(picture[stage])),
    ]),
  )

function renderOutcome(outcome: Outcome | null): string {
  if (!outcome) return 'not captioned yet'
  const { caption, confidence, turnedDown, verdict } = outcome
  const said = turnedDown ? `turned down: no photo (would have said: ${caption})` : caption
  return `${escapeCell(said)}${confidence === null ? '' : ` (${confidence.toFixed(2)})`}<br>**${verdict ?? 'not judged yet'}**`
}

const sourcesOf = (pictures: readonly GalleryPicture[]): string[][] =>
  pictures.flatMap(({ file, source }) =>
    source
      ? [
          [
            source.origin ? `[${file}](${source.origin})` : file,
            escapeCell(source.author),
            linkLicence(source.licence),
            `${source.package} ${source.version}`,
            `\`${source.path}\``,
          ],
        ]
      : [],
  )

function linkLicence(licence: string): string {
  if (licence === 'CC0-1.0')
    return `[${licence}](https://creativecommons.org/publicdomain/zero/1.0/)`
  const [, terms, version] = /^CC-(BY(?:-SA)?)-(\d\.\d)$/.exec(licence) ?? []
  if (!terms) return licence
  return `[${licence}](https://creativecommons.org/licenses/${terms.toLowerCase()}/${version}/)`
}

const renderTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const escapeCell = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
