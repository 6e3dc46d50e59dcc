import type { Command } from './command.ts'
import { printEvaluation } from './evaluate/print-evaluation.ts'
import { readEvaluateOptions } from './evaluate/read-evaluate-options.ts'
import { listenForStop, untilStopped } from './stop-signal.ts'

export const evaluate: Command = {
  help: `Usage: descry evaluate --model FOLDER --data FOLDER [OPTION]...

Captions a split of a prepared dataset with a trained model, and scores the captions as the COCO
evaluation does.

Options:
  --model FOLDER     what \`descry train\` wrote
  --data FOLDER      a prepared dataset
  --split NAME       dev (default), test or train
  --beam N           width of the beam search; 1 is greedy; default: the model's own
  --length-penalty X of the beam search; default: the model's own
  --images N         only the first so many images
  --captions FILE    write the captions as COCO results, too
  --record           write the scores into the model's card; on dev, first fit its confidence and
                     which labels it shows, on one half of the images
  --json             one JSON object: scores of captions, confidence and labels, samples
  --device NAME      cpu (default), webgpu, cuda, coreml or dml
  -h, --help         this text

Scores beside those of captions: confidenceCorrelation, Spearman's, with the CIDEr-D of each caption;
calibrationError of the confidence; labelPrecision, the share of shown labels that are in one of the
image's references, in any form; reliableLabels, the share of words among them that are right at least
every second time; labelsPerImage. On dev these are of the half that nothing was fitted on.

Exit codes: 0 scored, 1 something failed, 2 wrong use, 130 stopped.
`,

  async run(args, io) {
    const options = readEvaluateOptions(args)
    using stop = listenForStop(io)
    const { signal } = stop
    const message = 'Stopped; nothing was scored.'
    return await untilStopped({ signal, stderr: io.stderr, message }, () =>
      printEvaluation(options, io, signal),
    )
  },
}
