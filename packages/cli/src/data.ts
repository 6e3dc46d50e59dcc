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
  flickr8k      Flickr8k.token.txt with Flickr_8k.{train,dev,test}Images.txt, or Kaggle's captions.txt
  karpathy      dataset*.json with Karpathy's splits; restval joins train
  descry-json   captions.json, a list of {"file", "captions", "split"}
  coco          captions_*.json, captions.json or annotations.json, here or in annotations/; of
                several files, each is the split its name says
  imagefolder   metadata.jsonl or metadata.csv, or a .txt beside each image, each line of it a caption;
                folders train, validation and test are splits
  csv           a table with a column for the image and one for the caption, perhaps one for the split

Where a dataset has no splits, 80 % of the images become train, 10 % dev, 10 % test, by a hash of
the file name.

Options:
  --from FOLDER      the dataset
  --to FOLDER        where to write it, for example .descry/data/flickr8k
  --format NAME      one of the above; default: recognised
  --images FOLDER    where the images are; default: anywhere in --from
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
