import { datasetFormats } from '@descry/formats'
import type { Command } from './command.ts'
import { prepareData } from './data/prepare-data.ts'
import { readDataOptions } from './data/read-data-options.ts'
import { listenForStop } from './stop-signal.ts'

export const data: Command = {
  help: `Usage: descry data prepare --from FOLDER --to FOLDER [OPTION]...

Makes captioned images ready for training: decodes each once, squashes it to a square, and writes
pixels, captions and a card (dataset.json) that says what is in them, to a new folder, whole or not
at all. What cannot be used (broken images, empty captions, images without captions or captions
without images, duplicates) is left out, counted and named.

Formats, recognised by their files:
${listFormats()}

Where a dataset has no splits, 80 % of the images become train, 10 % dev, 10 % test, by a hash of
the file name.

Options:
  --from FOLDER      the dataset
  --to FOLDER        where to write it, for example .descry/data/flickr8k
  --format NAME      one of the above; default: recognised
  --images FOLDER    where the images are; default: anywhere in --from
  --image-column NAME, --caption-column NAME
                     of a table, or of metadata.jsonl; default: recognised by usual names
  --delimiter C      what is between the columns of a table: a character, or tab; default: recognised
  --segment          puts spaces between the words of captions in Chinese, Japanese, Thai, Lao, Khmer
                     and Burmese (Intl.Segmenter); without them each caption counts as one word
  --image-size N     pixels a side, 16 to 1024, default 160
  --split-seed N     another draw of the splits, for a dataset without; default 0
  --replace          replaces a prepared dataset that is there
  --json             one JSON object: the card, with the folder and how the format was recognised
  -h, --help         this text

Ctrl-C stops, and nothing is written. Exit codes: 0 prepared (a table says what was left out), 1 the
dataset cannot be used or written, 2 wrong use, 130 stopped.
`,

  async run(args, io) {
    const options = readDataOptions(args)
    using stop = listenForStop(io)
    return await prepareData(options, io, stop.signal)
  },
}

/** A paragraph a format, as wide as the rest of the text. */
function listFormats(): string {
  return datasetFormats.map(({ name, about }) => `  ${name.padEnd(14)}${wrap(about)}`).join('\n')
}

function wrap(text: string): string {
  const indent = ' '.repeat(16)
  return text.replace(/(.{1,82})(?: |$)/g, `$1\n${indent}`).trimEnd()
}
