import { captionBatch } from './caption/caption-batch.ts'
import type { Captioning } from './caption/captioning.ts'
import { type CaptionCommandOptions, readCaptionOptions } from './caption/read-caption-options.ts'
import type { Command, Io } from './command.ts'
import { listenForStop } from './stop-signal.ts'

export const caption: Command = {
  help: `Usage: descry caption [OPTION]... PATH...

Prints a caption for each image: for a single file just the caption, otherwise path, tab, caption, in
the order of the paths; captioners that can tell add how sure they are: after another tab, or for a
single file on stderr. A folder stands for the images in it and below; a glob ('photos/*.jpg') for
those it matches; hidden files and folders of systems (@eaDir, #recycle, lost+found) are passed over.
Needs no server and no database, except with --data and --server.

Options:
  --json             one JSON object a line: file, caption, captioner, confidence, labels
                     [{name, probability}], ms and, where something was done to the caption, note;
                     or file, error {code, message}
  --captioner NAME   which captioner: builtin, which needs no network, a configured one, or basic,
                     which measures colours and light; default: those that are configured, then
                     builtin, each asked when the one before it fails
  --data FOLDER      ask the captioners that were set up on the page of the Descry with that data
                     folder, running or not, with their limits and budgets; images and captions
                     are kept in its history
  --server URL       the same of the Descry at that address
  --style STYLE      concise (default), creative, alt or training; builtin writes concise only,
                     and training with --trigger
  --trigger WORD     of a training caption: the word for its subject, as in "photo of WORD …"; to what
                     a captioner that takes no prompt says, as builtin, "photo of WORD" is added
  --prefix TEXT      put in front of each caption that is printed or written to a text file,
  --suffix TEXT      or behind it, with the spaces and commas that you give
  --language TAG     of the caption, such as de or pt-BR, for captioners that follow instructions
  --force            caption drawings, diagrams and screenshots as well, which builtin turns down:
                     it learned from photos only
  --write-txt        also write each caption to a text file beside its image: a.jpg, a.txt
  --existing HOW     with --write-txt, when the text file has a text already:
                     skip (default: the text is printed, marked kept, and the image not captioned),
                     append or replace
  --parallel N       images at a time, 1 to 64, default 4
  -h, --help         this text

The confidence of builtin, 0 to 1, is the probability that its caption agrees with people's captions of
the image as well as three of four of those do with each other: sure from 0.6, fairly sure from 0.35,
else unsure. Captioners are configured as for the server, by environment or .env: OPENAI_API_KEY,
DESCRY_BUILTIN_MODEL and so on.
Ctrl-C stops; what is done is printed. Exit codes: 0 all captioned, 1 some failed (each is named on
stderr), 2 wrong use or configuration, 130 stopped.
`,

  async run(args, io) {
    const options = readCaptionOptions(args)
    const captioning = await openCaptioning(options, io)
    for (const reason of captioning.leftOut) io.stderr.write(`${reason}\n`)
    using stop = listenForStop(io)
    try {
      return await captionBatch({ ...options, captioning }, io, stop.signal)
    } finally {
      await captioning.close()
    }
  },
}

/** Only what is used is loaded: captioners alone, the database of a data folder, or the client of a server. */
async function openCaptioning(options: CaptionCommandOptions, io: Io): Promise<Captioning> {
  const { data, server } = options
  if (server !== undefined) {
    return (await import('./caption/caption-on-server.ts')).captionOnServer(server, options)
  }
  if (data !== undefined) {
    return (await import('./caption/caption-in-data.ts')).captionInData(data, options, io)
  }
  return (await import('./caption/caption-here.ts')).captionHere(options, io)
}
