import { readCaptionerConfig } from '@descry/captioners'
import type { Command } from './command.ts'
import { listModels } from './models/list-models.ts'
import { pullModel } from './models/pull-model.ts'
import { readModelsOptions } from './models/read-models-options.ts'
import { removeModel } from './models/remove-model.ts'
import { verifyModels } from './models/verify-models.ts'
import { readEnvironment } from './read-environment.ts'
import { listenForStop, untilStopped } from './stop-signal.ts'

export const models: Command = {
  help: `Usage: descry models list [--json]
       descry models pull NAME [--revision R] [--dtype D] [--update]
       descry models remove NAME
       descry models verify [NAME]

Vision-language models that caption on this machine. NAME is a repository on the Hugging Face hub,
OWNER/NAME: one of the list, or any other of a kind that Descry knows (ViT-GPT2, Florence-2, SmolVLM)
with ONNX files in it. A pulled model is used by a captioner of the kind local-vlm.

  list     the models that are known, and all that was pulled, with size and licence
  pull     downloads what the model needs; goes on where it was broken off; every file is checked by its
           hash, and a damaged one is brought again
  remove   deletes what was pulled
  verify   checks every file that was pulled by its hash

Options:
  --revision R   a branch, a tag or a commit; default: main, or what was pulled before
  --dtype D      number format of the weights: fp32, fp16, int8, uint8, q8, q4, q4f16, bnb4, or default:
                 what suits the model; default: what was pulled before, or default
  --update       asks whether the revision has moved on; without it a model keeps its commit
  --json         list as one JSON object
  -h, --help     this text

Models lie in DESCRY_DATA/hub (by default .descry/hub); it can be copied to a machine without a network.
HF_ENDPOINT (a mirror), HF_TOKEN and HF_HUB_OFFLINE=1 do what they do for other tools.

A model has the licence of those who made it. pull shows it before the large files come.

Ctrl-C stops; pull goes on from there. Exit codes: 0 all is well, 1 something failed, or a file is damaged
or missing, 2 wrong use, 130 stopped.
`,

  async run(args, io) {
    const options = readModelsOptions(args)
    const { hub } = readCaptionerConfig(readEnvironment(io.env))
    using stop = listenForStop(io)
    const stopped = { signal: stop.signal, stderr: io.stderr, message: 'Stopped.' }
    return await untilStopped(stopped, async () => {
      switch (options.action) {
        case 'list':
          return await listModels(hub, options, io)
        case 'pull':
          return await pullModel(hub, options, { ...io, signal: stop.signal })
        case 'remove':
          return await removeModel(hub, options, { ...io, signal: stop.signal })
        case 'verify':
          return await verifyModels(hub, options, { ...io, signal: stop.signal })
      }
    })
  },
}
