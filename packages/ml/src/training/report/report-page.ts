import { drawCharts } from './charts.ts'
import { describeRun } from './describe-run.ts'
import { escapeHtml } from './escape-html.ts'
import { headline } from './headline.ts'
import type { Epoch } from './read-epochs.ts'
import type { ReportedModel } from './read-model.ts'
import { reportStyle } from './report-style.ts'
import { samplesTable } from './samples-table.ts'
import { settingsTable } from './settings-table.ts'

type Report = {
  /** For a model that has none. */
  name: string
  /** At least one, in order. */
  epochs: readonly Epoch[]
  model: ReportedModel | undefined
}

/** The page, whole: no scripts, nothing to load. */
export function toReportPage({ name, epochs, model }: Report): string {
  const title = escapeHtml(model?.name ?? name)
  const { shown, isModel } = chooseEpoch(epochs, model)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: training report</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<p class="kind">Training report</p>
<h1>${title}</h1>
<p>${describeRun(model, epochs.at(-1)?.epoch ?? 0)}</p>
</header>
<main>
<section><h2>${isModel ? `The model: epoch ${shown.epoch}` : `The last epoch: ${shown.epoch}`}</h2>
${explain(epochs, { isModel, model })}
${headline(shown)}</section>
<section><h2>Epoch by epoch</h2>
<p class="note">The numbers beside the names are those of epoch ${shown.epoch}.</p>
<div class="charts">
${drawCharts(epochs, { shown: shown.epoch, isMarked: isModel })}
</div></section>
${samplesTable(shown.samples, shown.epoch)}
${model ? settingsTable(model) : ''}
</main>
</body>
</html>
`
}

/** The one whose weights are the model; the last one if the curves do not have it. */
function chooseEpoch(epochs: readonly Epoch[], model: ReportedModel | undefined) {
  const found = epochs.find(({ epoch }) => epoch === model?.training.epochs)
  const shown = found ?? epochs.at(-1)
  if (!shown) throw new Error('A report needs an epoch.')
  return { shown, isModel: found !== undefined }
}

function explain(
  epochs: readonly Epoch[],
  { isModel, model }: { isModel: boolean; model: ReportedModel | undefined },
): string {
  const isScored = epochs.some(
    ({ CIDEr, devLoss, devTeachLoss }) => (CIDEr ?? devLoss ?? devTeachLoss) !== undefined,
  )
  const texts = [
    ...(isScored ? [] : ['There were no dev images, so no epoch was scored.']),
    ...(model && !isModel
      ? [`The model is of epoch ${model.training.epochs}, which the curves do not have.`]
      : []),
  ]
  return texts.length === 0 ? '' : `<p class="note">${texts.join(' ')}</p>`
}
