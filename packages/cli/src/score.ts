import { captionMetrics, defaultMetrics } from '@descry/ml/metrics'
import type { Command } from './command.ts'
import { readScoreOptions } from './score/read-score-options.ts'
import { scoreFiles } from './score/score-files.ts'
import { toScoreJson } from './score/score-json.ts'
import { toScoreTable } from './score/score-table.ts'
import { toVisible } from './to-visible.ts'
import { writeResult } from './write-result.ts'

export const score: Command = {
  help: `Usage: descry score --refs FILE --hyps FILE [OPTION]...

Scores captions against references as the COCO caption evaluation does: BLEU-1 to BLEU-4, METEOR 1.5,
ROUGE-L and CIDEr (CIDEr-D), to twelve digits; METEOR so with its paraphrase table only, see below.
Needs no server, no Java and no network.

Both files are JSON: COCO annotations or COCO results, or a map {"image": ["caption", …], …}.
One hypothesis an image; any number of references.

Options:
  --refs FILE                 what people wrote
  --hyps FILE                 what the model wrote
  --metrics LIST              some of the metrics below; default: ${defaultMetrics.join()}
  --tokenize HOW              ptb (default): Penn Treebank tokens, lower case, without punctuation, as
                              the COCO evaluation; none: the texts are tokens separated by spaces
  --segment                   put spaces between the words of Chinese, Japanese, Thai, Lao, Khmer and
                              Burmese (Intl.Segmenter) before that; without spaces a text counts as
                              one word, and a warning says so
  --cider-df FILE             document frequencies for CIDEr from another set, instead of from these
                              references: references of that set, or
                              {"ref_len": IMAGES, "document_frequency": {"a dog": 12, …}}
  --meteor-paraphrases FILE   METEOR's English paraphrase table (paraphrase-en.gz), which it does not
                              bring along; without it METEOR comes out about 3 % lower
  --per-image                 scores of each image, too
  --json                      one JSON object: Bleu_1 … Bleu_4, METEOR, ROUGE_L, CIDEr, meteorVariant,
                              segmenter, images, references, warnings; with --per-image also perImage, whose
                              image_id is text even where the files have numbers
  -h, --help                  this text

Metrics:
${listMetrics()}

Exit codes: 0 scored (warnings say where a number means little), 1 a file cannot be used, 2 wrong use.
`,

  async run(args, io) {
    const options = readScoreOptions(args)
    const report = await scoreFiles(options, io.stderr)
    if (options.json) {
      await writeResult(io.stdout, toScoreJson(report, options))
    } else {
      await writeResult(io.stdout, toScoreTable(report, options))
      for (const warning of report.warnings) io.stderr.write(`Warning: ${toVisible(warning)}\n`)
    }
    return 0
  },
}

function listMetrics(): string {
  return captionMetrics.map(({ name, about }) => `  ${name.padEnd(16)}${about}`).join('\n')
}
