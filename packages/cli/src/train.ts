import { readCaptionerConfig } from '@descry/captioners'
import { runTraining } from '@descry/ml/training'
import packageJson from '../package.json' with { type: 'json' }
import type { Command } from './command.ts'
import { nameFlag } from './name-flag.ts'
import { readEnvironment } from './read-environment.ts'
import { isStopReason, listenForStop, stoppedExitCodes } from './stop-signal.ts'
import { describeResult, describeStop, printTraining } from './train/print-training.ts'
import { readTrainOptions } from './train/read-train-options.ts'
import { writeResult } from './write-result.ts'

export const train: Command = {
  help: `Usage: descry train --data FOLDER --out FOLDER [OPTION]...

Trains a captioner on a dataset that \`descry data prepare\` made. After each epoch it captions part of
the dev split; the weights with the best CIDEr so far (with --teach-only, the least loss) are the model in --out. The same data, settings
and seed give the same weights.

--out then holds model.json and two ONNX graphs (the model), checkpoint.bin (to resume from), curves.jsonl
and report.html (the curves, with sample captions).

Options:
  --data FOLDER       a prepared dataset
  --out FOLDER        a new folder for the run
  --arch NAME         cnn-transformer (default) or lstm-attention
  --size NAME         small (default); mobile, for pictures of 192 pixels; tiny; reference, a large decoder
                      behind a --backbone
  --backbone WHAT     a frozen vision network (ONNX) looks at the pictures: a file, or OWNER/NAME, a
                      repository on the Hugging Face hub; --size is then reference by default
  --backbone-file, --backbone-revision, --backbone-output
                      which ONNX file of the repository (default onnx/model.onnx), of which branch
                      or commit (default main); which value of the network to take
  --teacher WHAT      the encoder learns the features of this vision network besides captions; a file or
                      OWNER/NAME as for --backbone, which it cannot be given with. Nothing of the
                      teacher is in the model
  --teacher-file, --teacher-revision, --teacher-output
                      as those of --backbone
  --unlabeled FOLDER  images without captions, of which only the teacher's features are learned; may
                      be given several times. Images of the dataset's test split are refused
  --teacher-weight X  of the loss against the teacher's features, default 1
  --teacher-views N   cuts of each picture that the teacher is shown, the first of them whole; default 4
  --teach-only        learn nothing but the teacher's features; then continue from --out with --init
  --epochs N          passes over the images, default 60
  --batch N           images a step, default 64
  --captions N        captions of each image a step, default 2, or 5 with --self-critical
  --length N          tokens of a caption, its end included, default 20; longer ones are cut there, and how
                      many is said
  --rate X            highest learning rate, default 0.001, or 0.00005 with --self-critical
  --dropout X         share of features left out at random, default 0.2
  --minimum-count N   rarer words are unknown, default 5
  --seed N            default 1
  --dev-images N      dev images to caption after an epoch, default 500
  --init FOLDER       start from this model's weights, size and words: fine-tuning
  --self-critical     train on CIDEr of the model's own captions; needs --init
  --resume            continue the run in --out; give the same settings as before
  --name NAME         of the model; default: the last part of --out
  --licence TEXT      of the data, for the model's card
  --device NAME       cpu (default), webgpu, cuda, coreml or dml
  --threads N         cores to use, default all
  -h, --help          this text

The features of a backbone or a teacher are computed once and kept in the dataset's folder; a teacher's
take 12.7 KB a picture and view with the size small, and at most 4 GB. Both are downloaded into
DESCRY_DATA/hub (by default .descry/hub); HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE=1 do what they do for
other tools. A backbone becomes part of the model's folder.

Ctrl-C stops after the current step; --resume continues from the last whole epoch. Exit codes: 0 trained,
1 something failed, 2 wrong use, 130 stopped.
`,

  async run(args, io) {
    const options = readTrainOptions(args)
    const { out } = options
    const { hub } = readCaptionerConfig(readEnvironment(io.env))
    using stop = listenForStop(io)
    const { signal } = stop
    const printer = printTraining(io, options)
    const result = await runTraining(options, {
      hub,
      createdBy: `descry ${packageJson.version}`,
      nameOption: nameFlag,
      signal,
      onProgress: printer.print,
    }).finally(printer.clear)
    if (result.isStopped && isStopReason(signal.reason)) {
      io.stderr.write(describeStop(result, out))
      return stoppedExitCodes[signal.reason]
    }
    await writeResult(io.stdout, describeResult(result, out))
    return 0
  },
}
